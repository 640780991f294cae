import { createInterface } from 'node:readline';

/** Puts a question on this process's terminal. @returns the line that was typed; empty after Ctrl-C, or at the end of input. */
export function askAtTerminal(question: string): Promise<string> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // While it reads, Ctrl-C comes to it instead of the process.
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => {
      resolve('');
      // Nobody else reads it: it would keep the process.
      process.stdin.pause();
    });
    lines.question(question, (answer) => {
      resolve(answer.trim());
      lines.close();
    });
  });
}
