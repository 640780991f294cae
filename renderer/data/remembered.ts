/** What this browser keeps for the pages: how they are shown, nothing else. Null where it keeps nothing. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // the browser may keep nothing for this page
  }
}

/** Where nothing can be kept, the next page is as if nothing was chosen. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // As above.
  }
}
