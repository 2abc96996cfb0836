/** Only a path of this site may follow a sign-in, so that a link cannot send people elsewhere. */
export function safePath(path: string | undefined): string {
  if (path === undefined || !/^\/(?![/\\])[\x21-\x7e]{0,2000}$/.test(path) || path.includes('\\')) return '/';
  const base = 'http://here.invalid';
  return URL.parse(path, base)?.origin === base ? path : '/';
}
