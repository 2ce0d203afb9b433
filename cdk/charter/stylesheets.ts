/**
 * The context in which `pressrun deploy` names stylesheets, separated by blanks, that pages of the stage still
 * bear and the code that is checked out does not know, as after a rollback.
 */
export const stylesheetsContext = 'stylesheets';
