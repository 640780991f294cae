import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { OLD } from './samples.ts';

const source = JSON.stringify(new URL('../../main/configs/formats/yaml.ts', import.meta.url).href);

describe('a YAML file with a key', () => {
  it('is read without a word on the console, whatever the environment asks the library for', () => {
    const printed = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { yaml } from ${source};
        const { literals } = yaml.read(Buffer.from('mcpServers: {acme: {env: {K: ' + process.env.SAMPLE + '}}}'), [['mcpServers']]);
        console.log(literals.length);`,
      ],
      { encoding: 'utf8', env: { ...process.env, LOG_TOKENS: '1', LOG_STREAM: '1', SAMPLE: OLD } },
    );
    expect(printed).toBe('1\n');
  });
});
