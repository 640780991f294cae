import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { seal, unseal } from '../credentials/sealed.ts';
import type { Secret } from '../credentials/secret.ts';
import { type BackupHeader, BackupHeaderSchema } from './backup.schema.ts';

const MAGIC = Buffer.from('REKEYB1\n');
const LENGTH_BYTES = 4;
const PREFIX_BYTES = MAGIC.length + LENGTH_BYTES;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** One version of a file as it lies on disk: a header that anyone may read, and the content, compressed and sealed. */
export interface SealedVersion {
  readonly header: BackupHeader;
  /** The header as it stands in the file: what the seal is bound to. */
  readonly headerText: string;
  readonly sealed: Buffer;
}

/** Compresses first: what is sealed can't be compressed any more. */
export async function sealVersion(header: BackupHeader, bytes: Buffer, key: Secret): Promise<Buffer> {
  const text = JSON.stringify(header);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  MAGIC.copy(prefix);
  prefix.writeUInt32BE(Buffer.byteLength(text), MAGIC.length);
  return Buffer.concat([prefix, Buffer.from(text), seal(key, await compress(bytes), text)]);
}

/** Null for anything that is not the beginning of such a file. The seal is not looked at. */
export function readVersion(file: Buffer): SealedVersion | null {
  if (file.length < PREFIX_BYTES || !file.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const end = PREFIX_BYTES + file.readUInt32BE(MAGIC.length);
  if (end > file.length) return null;
  const headerText = file.toString('utf8', PREFIX_BYTES, end);
  const header = BackupHeaderSchema.safeParse(parse(headerText)).data;
  return header ? { header, headerText, sealed: file.subarray(end) } : null;
}

/** Whether it is whole, header and content, and sealed with this key. */
export function isIntact(version: SealedVersion, key: Secret): boolean {
  return contentOf(version, key) !== null;
}

/** The content, or null when a bit of header or content was changed, or with another key. */
export async function openVersion(version: SealedVersion, key: Secret): Promise<Buffer | null> {
  const content = contentOf(version, key);
  if (!content) return null;
  const bytes = await decompress(content);
  return createHash('sha256').update(bytes).digest('hex') === version.header.sha256 ? bytes : null;
}

function contentOf({ sealed, headerText }: SealedVersion, key: Secret): Buffer | null {
  try {
    return unseal(key, sealed, headerText);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
