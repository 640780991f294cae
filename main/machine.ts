export type Platform = 'darwin' | 'linux' | 'win32';

/** The machine as paths see it; passed in, so that every platform's paths are tested on one. */
export interface Machine {
  readonly platform: Platform;
  /** Absolute. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
