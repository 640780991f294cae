/** What looks like an address with a scheme; a drive of Windows has one letter only. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:/i;

/** Whether somebody wanted Rekey to open an address. */
export function holdsAddress(argv: readonly string[]): boolean {
  // The first is the program itself.
  return argv.slice(1).some((argument) => ADDRESS.test(argument));
}
