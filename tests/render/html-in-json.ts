/** Every HTML text inside a JSON body: members whose name ends in `html`. */
export function htmlIn(body: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(body, (key, value: unknown) => {
    if (key.endsWith('html') && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

/** Every member of a JSON value by its name, however deep. */
export function membersIn(json: unknown): readonly (readonly [string, unknown])[] {
  const found: (readonly [string, unknown])[] = [];
  JSON.parse(JSON.stringify(json), (key, value: unknown) => {
    found.push([key, value]);
    return value;
  });
  return found;
}
