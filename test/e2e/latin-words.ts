import type { Page } from 'playwright/test';

/** Names of programs, services, formats and the like, which are the same in every language. */
const NAMES = [
  ...['Rekey', 'Claude Desktop', 'Claude Code', 'claude-code', 'Cursor', 'VS Code', 'Windsurf', 'Zed', 'Gemini CLI'],
  ...['Qwen Code', 'Goose', 'Amp', 'Cherry Studio', 'Settings > MCP Servers', 'BitScale', 'Lightning Faucet', 'Log10x'],
  ...['a2amarket', 'GitHub', 'API', 'MCP', 'JSON', 'CSV', 'UUID', 'ID', 'shell', 'GET', 'WSL', 'scrypt', 'AES-256-GCM'],
  ...['Secret Service', 'REDACTED-BY-REKEY', 'kB', 'EACCES', 'English', 'rekey', 'mcp'],
];

/** Paths, addresses, commands, variables and the beginnings of keys. */
const CODE =
  /`[^`]*`|https?:\/\/[^\s，。；）]+|[~/.][\w.~/-]{2,}|\$\{[^}]*\}|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[\w-]+(?:\.[\w-]+)+\b|\b[0-9a-f]{12}\b|\b(?:sk-live-|lf_|agent_|ak_)/g;

/**
 * What stands on a page in Latin letters and is neither code nor a known name: its texts, and
 * what a screen reader says in their place.
 * @param names that people gave: of keys, servers, programs.
 */
export async function latinWords(page: Page, names: readonly string[] = []): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = all.nextNode(); node; node = all.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest('code, pre, textarea, script, style, [lang=en]')) continue;
      if (node instanceof Element) {
        for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'alt', 'placeholder']) {
          found.push(node.getAttribute(name) ?? '');
        }
      } else found.push(node.textContent ?? '');
    }
    return found;
  });
  const known = [...NAMES, ...names].toSorted((one, other) => other.length - one.length);
  const left = texts.map((text) =>
    known.reduce((rest, name) => rest.replaceAll(name, ' '), text.replaceAll(CODE, ' ')),
  );
  return [...new Set(left.flatMap((text) => text.match(/[A-Za-z][A-Za-z’']+(?: [A-Za-z’']+)*/g) ?? []))];
}
