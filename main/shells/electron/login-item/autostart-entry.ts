/** What stands in a double-quoted argument behind a backslash. */
const ESCAPED_IN_QUOTES = /["`$\\]/g;

/**
 * The autostart entry of a Linux desktop.
 *
 * @param command the program and its arguments.
 * @see https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Rekey',
    `Exec=${stringValue(command.map(quoted).join(' '))}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether the desktop starts it: the person can have switched it off in the desktop's own settings, which leave the file. */
export function isSwitchedOn(entry: string): boolean {
  const values = new Map(
    entry.split(/\r?\n/).flatMap((line) => {
      const [, key, value] = /^([A-Za-z-]+)\s*=\s*(.*)$/.exec(line) ?? [];
      return key !== undefined && value !== undefined ? [[key, value.trim()] as const] : [];
    }),
  );
  return values.get('Hidden') !== 'true' && values.get('X-GNOME-Autostart-enabled') !== 'false';
}

/** Quoted by the rules for `Exec`; a percent sign would begin a field code. */
function quoted(argument: string): string {
  return `"${argument.replaceAll('%', '%%').replace(ESCAPED_IN_QUOTES, '\\$&')}"`;
}

/** By the rules for every string in the file, which come on top. */
function stringValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
}
