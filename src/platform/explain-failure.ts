import { errorCodeOf } from './error-code';

/** What went wrong with a file, in words that need no knowledge of the system's codes. */
export function explainFailure(error: unknown): string {
  const code = errorCodeOf(error);
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'ENOTDIR':
      return 'a part of the path is not a directory';
    case 'EACCES':
    case 'EPERM':
      return 'access is denied';
    case 'EISDIR':
      return 'it is a directory';
    case 'ENXIO':
      // What opening a socket gives.
      return 'it is not a regular file';
    case 'ELOOP':
      return 'its links lead in a circle';
    case undefined:
      return 'it cannot be read';
    default:
      return `the system answers ${code}`;
  }
}
