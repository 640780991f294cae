const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** `300 bytes`, `2.0 KB`, `52.4 MB`. */
export function sizeText(bytes: number): string {
  const exponent = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return exponent === 0 ? `${bytes} bytes` : `${(bytes / 1_000 ** exponent).toFixed(1)} ${UNITS[exponent]}`;
}
