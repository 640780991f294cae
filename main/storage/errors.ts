import { RekeyError } from '../errors.ts';

/** Something about Rekey's own files and locks. */
export class StorageError extends RekeyError<
  'lock-held' | 'storage-unreadable' | 'storage-unwritable' | 'storage-unsafe'
> {}
