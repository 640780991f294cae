/**
 * What a person is told of each bad file: the code, and the words with FILE in the place of its path. By the name of its
 * fault; the same for one that comes up later (`since`).
 */
export const WORDS: Readonly<Record<string, readonly [code: string, text: string]>> = {
  'a pipe': [
    'file-not-regular',
    'FILE is a pipe, not a file. Nothing was changed. Put the settings file back in its place, or remove what is there; then try again.',
  ],
  'a device': [
    'file-not-regular',
    'FILE is a device, not a file. Nothing was changed. Put the settings file back in its place, or remove what is there; then try again.',
  ],
  'a folder': [
    'file-not-regular',
    'FILE is a folder, not a file. Nothing was changed. Put the settings file back in its place, or remove what is there; then try again.',
  ],
  'a dangling link': [
    'file-link-broken',
    'FILE is a link to a file that is not there. Nothing was changed. Repair or remove the link, then try again.',
  ],
  'a looping link': [
    'file-link-broken',
    'FILE is a link that leads back to itself. Nothing was changed. Repair or remove the link, then try again.',
  ],
  'UTF-16 with a BOM': [
    'file-not-parsable',
    "FILE is written in UTF-16, which MCP hosts don't read. It was not changed. Open the file in an editor and save it as UTF-8, then try again.",
  ],
  'invalid UTF-8': [
    'file-not-parsable',
    'FILE is not text in UTF-8, as settings are. It was not changed. Open the file in an editor and save it as UTF-8, then try again.',
  ],
  'broken JSON': [
    'file-not-parsable',
    "FILE can't be read: an object is not closed (line 10, column 1). It was not changed. Open the file in an editor and repair it there, then try again.",
  ],
  'TOML of 10,000 levels': [
    'file-not-parsable',
    "FILE can't be read: it is nested too deeply, or one of its texts is too long. It was not changed. Put the new key into this file by hand.",
  ],
  'YAML of 10,000 levels': [
    'file-not-parsable',
    "FILE can't be read: it is nested deeper than settings are. It was not changed. Put the new key into this file by hand.",
  ],
  'a link out of the home': [
    'file-link-outside',
    'FILE is a link to <outside>.json, outside of your home folder. Rekey follows no link out of it. Nothing was changed. Put a copy of that file in the place of the link, then try again; or put the new key into it by hand.',
  ],
  'marked as read-only': [
    'file-unwritable',
    'FILE is marked as read-only. It was not changed. Allow writing to the file, then try again.',
  ],
  'no right to read': [
    'file-unreadable',
    "FILE can't be read: your account may not read it (EACCES). It was not changed. Give your account the right to read the file, then try again.",
  ],
  'no right to write': [
    'file-unwritable',
    "FILE can't be written: your account may not write there (EACCES). The file was not changed. Give your account the right to write to the file and its folder, then try again.",
  ],
  'a folder without the right to write': [
    'file-unwritable',
    "FILE can't be written: your account may not write there (EACCES). The file was not changed. Give your account the right to write to the file and its folder, then try again.",
  ],
  'a read-only file system': [
    'file-unwritable',
    "FILE can't be written: the file system is read-only (EROFS). The file was not changed. Make the file system writable, then try again.",
  ],
  'a full disk': [
    'file-write-failed',
    "FILE can't be written: the disk is full (ENOSPC). The file was not changed. Free some space, then try again.",
  ],
  'a rename that fails with ESTALE': [
    'file-write-failed',
    "FILE can't be written: the network drive has lost sight of it (ESTALE). The file was not changed. Connect the network drive again, then try again.",
  ],
  'a rename that fails with EIO': [
    'file-write-failed',
    "FILE can't be written: the disk reported an error (EIO). The file was not changed. Check the disk, then try again.",
  ],
  'a rename that fails with EXDEV': [
    'file-write-failed',
    "FILE can't be written: its folder does not let a file be replaced (EXDEV). The file was not changed. Put the new key into the file by hand.",
  ],
  'a file that is mounted itself': [
    'file-write-failed',
    "FILE can't be written: another program or a container keeps hold of it (EBUSY). The file was not changed. Close what uses the file, then try again. Where that does not help, put the new key into the file by hand.",
  ],
};
