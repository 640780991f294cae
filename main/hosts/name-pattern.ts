/** The names that a name with `*` in it stands for, as an expression over a whole name. */
export function namePattern(pattern: string, ignoreCase: boolean): RegExp {
  const visible = pattern.startsWith('*') ? '(?!\\.)' : '';
  const literals = pattern.split('*').map((literal) => literal.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${visible}${literals.join('.*')}$`, ignoreCase ? 'is' : 's');
}
