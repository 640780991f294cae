export type Platform = 'darwin' | 'linux' | 'win32';

/** The machine as paths see it; passed in, so that every platform's paths are tested on one. */
export interface Machine {
  readonly platform: Platform;
  /** Absolute. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An operating system that Rekey knows; other Unixes are taken for Linux, whose conventions they share. */
export function platformOf(name: NodeJS.Platform): Platform {
  return name === 'darwin' || name === 'win32' ? name : 'linux';
}

/** The machine that this process runs on. */
export function thisMachine(home: string, env: NodeJS.ProcessEnv = process.env): Machine {
  return { platform: platformOf(process.platform), home, env };
}
