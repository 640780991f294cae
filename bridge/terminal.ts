import { createInterface } from 'node:readline';
import { Secret } from '../main/credentials/secret.ts';
import { WrongUse } from './wrong-use.ts';

/** Longest secret that is read from stdin, in bytes. */
const LONGEST_SECRET_BYTES = 65_536;

/** The person at the other end, if there is one. Questions go to stderr: stdout is for the answer. */
export interface Terminal {
  /** stdin and stdout are both a terminal: somebody reads and can type. */
  readonly interactive: boolean;
  /** @returns the line; empty when stdin ends. Rejects with the signal's reason when that is aborted first. */
  ask(question: string, signal: AbortSignal): Promise<string>;
  /** A secret, typed without being shown, or all of stdin where that is no terminal. @throws {WrongUse} when empty. */
  secret(question: string, signal: AbortSignal): Promise<Secret>;
  /**
   * A secret and some that may be missing, asked for one after the other, or the lines of stdin in this order.
   * @throws {WrongUse} when the first is empty, or there are more lines than questions.
   */
  secrets(questions: readonly string[], signal: AbortSignal): Promise<[Secret, ...(Secret | null)[]]>;
  /** Whether {@link secret} would ask a person. */
  readonly canHide: boolean;
}

export function thisTerminal(): Terminal {
  const { stdin, stdout } = process;
  return {
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    canHide: stdin.isTTY === true,
    ask,
    async secret(question, signal) {
      return required(stdin.isTTY ? await typed(question, signal) : await piped());
    },
    async secrets(questions, signal) {
      const lines = stdin.isTTY ? [] : (await piped()).split(/\r?\n/);
      if (lines.length > questions.length)
        throw new WrongUse(
          `There are more than ${questions.length} lines on stdin.`,
          'Pipe in a line for each secret.',
        );
      const [first = '', ...others] = questions;
      const next = async (question: string): Promise<string> =>
        stdin.isTTY ? typed(question, signal) : (lines.shift() ?? '');
      const secret = required(await next(first));
      const further: (Secret | null)[] = [];
      for (const question of others) {
        const value = await next(question);
        further.push(value === '' ? null : new Secret(value));
      }
      return [secret, ...further];
    },
  };
}

function required(value: string): Secret {
  if (value === '') throw new WrongUse('There was nothing on stdin.', 'Pipe the key in, or type it when asked.');
  return new Secret(value);
}

function ask(question: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const onAbort = (): void => {
      reject(signal.reason);
      lines.close();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // While it reads, Ctrl-C comes to it instead of the process.
    lines.once('SIGINT', () => process.emit('SIGINT'));
    lines.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      resolve('');
    });
    if (signal.aborted) onAbort();
    else
      lines.question(question, (answer) => {
        resolve(answer.trim());
        lines.close();
      });
  });
}

async function piped(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_SECRET_BYTES)
      throw new WrongUse('That is too long for a key.', 'Pipe in the key and nothing else.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

const ENTER = ['\r', '\n'];
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACE = ['\u007f', '\b'];

/** Reads a line of a terminal that shows nothing of it. */
function typed(question: string, signal: AbortSignal): Promise<string> {
  const { stdin, stderr } = process;
  return new Promise((resolve, reject) => {
    let value: string[] = [];
    const stop = (): void => {
      stdin.off('data', take);
      signal.removeEventListener('abort', onAbort);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const onAbort = (): void => {
      stop();
      reject(signal.reason);
    };
    const take = (text: string): void => {
      for (const character of text) {
        if (character === CTRL_C) {
          process.emit('SIGINT');
          return;
        }
        if (ENTER.includes(character) || character === CTRL_D) {
          stop();
          resolve(value.join(''));
          return;
        }
        value = BACKSPACE.includes(character) ? value.slice(0, -1) : [...value, character];
      }
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    // Before the question stands there: whoever types at once is not echoed either.
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    signal.addEventListener('abort', onAbort, { once: true });
    stdin.on('data', take);
    stdin.resume();
    stderr.write(question);
  });
}
