/** A path without `.`, doubled `/` and names that `..` takes back: what POSIX systems make of its text. */
export function normalPath(path: string): string {
  const start = path.startsWith('/') ? '/' : '';
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (start === '') names.push(name);
  }
  const text = start + names.join('/');
  return text === '' ? '.' : text;
}

/** The path that `included` names in a file: beneath the file's directory, unless it is absolute. */
export function joinPath(fromFile: string, included: string): string {
  if (included.startsWith('/')) return normalPath(included);
  return normalPath(fromFile.slice(0, fromFile.lastIndexOf('/') + 1) + included);
}
