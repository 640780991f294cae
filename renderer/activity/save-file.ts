/** How long the browser has to begin with the file, in milliseconds; it then has it all. */
const KEPT_MS = 60_000;

/** Saves a file as the person's browser does with downloads. No page is left by it. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
