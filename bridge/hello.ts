import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** The first line of a connection; see `main/mcp/hello.ts`, which the bridge doesn't import because of its schemas. */
export interface Hello {
  readonly rekey: 1;
  readonly as: 'mcp' | 'calls';
  readonly program: string;
  readonly pid: number;
  readonly parent: string | null;
  readonly parentPid: number | null;
  readonly interactive: boolean;
}

export async function makeHello(as: Hello['as'], program: string, interactive: boolean): Promise<Hello> {
  const parent = await parentName(process.ppid);
  return {
    rekey: 1,
    as,
    program,
    pid: process.pid,
    parent,
    parentPid: parent === null ? null : process.ppid,
    interactive,
  };
}

/** Interpreters, whose own name says nothing of what runs in them. */
const INTERPRETER = /^(node|bun|deno|python[\d.]*|electron)$/;

/**
 * The name of the program that started us, for the person who confirms. Names only, never arguments: these may hold keys.
 * Null on Windows, where asking takes longer than the whole start.
 */
async function parentName(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'win32' || pid <= 1) return null;
    const words = process.platform === 'linux' ? await commandWords(pid) : [await commandOf(pid)];
    const [command = '', script = ''] = words;
    const name = basename(command).replace(/^-/, '');
    // An interpreter's first word is the path of its script; anything else could be anything.
    const program = INTERPRETER.test(name) && script.startsWith('/') ? basename(script) : name;
    return program.slice(0, 60) || null;
  } catch {
    // It has ended, or this isn't ours to see; the process number is told all the same.
    return null;
  }
}

async function commandWords(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
}

function commandOf(pid: number): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('ps', ['-o', 'comm=', '-p', String(pid)], { timeout: 1_000 }, (error, output) =>
      error ? reject(error) : resolve(output.trim()),
    );
  });
}
