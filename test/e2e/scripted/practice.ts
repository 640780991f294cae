import { randomUUID } from 'node:crypto';
import type { Piece, PracticeView, Trouble } from '../../../main/practice/practice.schema.ts';

const OLD = 'practice-0123456789abcdef01234567';
const NEW = 'practice-89abcdef0123456789abcdef';
const HOME = '/home/sam/.local/share/rekey/practice/home';

/** Practice as the pages get to see it. @param rotated whether the new key stands in its files. */
export function practice(trouble: Trouble, rotated: boolean): PracticeView {
  const file = (host: string, path: string, ...[head, tail]: readonly [string, string]) => {
    const around = (key: string): Piece[] => [
      { text: head, isKey: false },
      { text: key, isKey: true },
      { text: tail, isKey: false },
    ];
    return {
      host,
      path: `${HOME}/${path}`,
      before: around(OLD),
      now: around(rotated ? NEW : OLD),
      onlyKeysDiffer: true,
    };
  };
  return {
    id: randomUUID(),
    trouble,
    troubleEnded: false,
    credential: 'practice',
    serviceKey: rotated ? NEW : OLD,
    files: [
      file(
        'Claude Desktop',
        '.config/Claude/claude_desktop_config.json',
        '{\n  "mcpServers": {\n    "practice": {\n      "env": { "PRACTICE_API_KEY": "',
        '" }\n    }\n  }\n}\n',
      ),
      file('Gemini CLI', '.gemini/.env', '# Variables\nPRACTICE_API_KEY=', '\n'),
    ],
  };
}
