/** All that the publication's HTML is made of: whatever is not here came from somewhere else. */
export const allowedElements = new Set(
  (
    'html head meta title link style script body a header nav main article section div footer h1 h2 h3 p b bdi ' +
    'span small strong em sup time data br ul ol li blockquote figure figcaption picture source img'
  ).split(' '),
);

export const allowedAttributes = new Set(
  (
    'lang dir data-accent charset name content property rel type title href hreflang class id datetime aria-label ' +
    'aria-hidden aria-current value cite src srcset sizes width height alt'
  ).split(' '),
);
