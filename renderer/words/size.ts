const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "300 byte", "2 kB", "52.4 MB" in the language's own way. */
export function size(bytes: number, language: string): string {
  const exponent = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const unit = UNITS[exponent] ?? 'byte';
  const format = {
    style: 'unit',
    unit,
    unitDisplay: exponent === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  } as const;
  return new Intl.NumberFormat(language, format).format(bytes / 1_000 ** exponent);
}
