import type { Host } from '../host.ts';
import { claudeCode } from './claude-code.ts';
import { claudeDesktop } from './claude-desktop.ts';
import { cursor } from './cursor.ts';
import { devinDesktop } from './devin-desktop.ts';
import { geminiCli } from './gemini-cli.ts';
import { vscode } from './vscode.ts';

/** All hosts that Rekey knows. A new one is a file of its own in this folder and a line here. */
export const catalogue: readonly Host[] = [claudeDesktop, claudeCode, cursor, vscode, devinDesktop, geminiCli];
