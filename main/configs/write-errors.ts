import { systemCode } from '../errors.ts';
import { ConfigError } from './snapshot.ts';

const NO_RIGHT = 'Give your account the right to write to the file and its folder, then try again.';

/** What stood in the way of writing, in words, by the code of the operating system. */
const CAUSES: Readonly<Record<string, readonly [why: string, wayOut: string]>> = {
  EACCES: ['your account may not write there', NO_RIGHT],
  EPERM: ['the operating system does not permit it', NO_RIGHT],
  EROFS: ['the file system is read-only', 'Make the file system writable, then try again.'],
  ENOSPC: ['the disk is full', 'Free some space, then try again.'],
  EDQUOT: ['your share of the disk is used up', 'Free some space, then try again.'],
  EBUSY: [
    'another program or a container keeps hold of it',
    'Close what uses the file, then try again. Where that does not help, put the new key into the file by hand.',
  ],
  EXDEV: ['its folder does not let a file be replaced', 'Put the new key into the file by hand.'],
  ESTALE: ['the network drive has lost sight of it', 'Connect the network drive again, then try again.'],
  EIO: ['the disk reported an error', 'Check the disk, then try again.'],
};

const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS']);

/** An error of the operating system as one of the file; a {@link ConfigError} stays what it is. */
export function writeError(path: string, cause: unknown): ConfigError {
  return cause instanceof ConfigError ? cause : writeFailure(path, systemCode(cause) ?? 'unknown error', cause);
}

/** What kept a file from being written, by the code that the operating system gives for it. */
export function writeFailure(path: string, code: string, cause?: unknown): ConfigError {
  const [why, wayOut] = CAUSES[code] ?? ['the operating system reported an error', 'Try again.'];
  return new ConfigError(
    UNWRITABLE.has(code) ? 'file-unwritable' : 'file-write-failed',
    `${path} can't be written: ${why} (${code}). The file was not changed.`,
    wayOut,
    { cause },
  );
}
