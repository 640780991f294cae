import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ShellUnderTest as Shell, ShellUnderTest } from './shell-under-test.ts';

let test: Shell;
beforeEach(async () => {
  test = await ShellUnderTest.start();
});
afterEach(() => test.stop());

describe('the events', () => {
  it('are refused to a page that is not signed in', async () => {
    const answer = await test.send('/events', { headers: { host: `127.0.0.1:${test.port}` } });
    expect(answer.status).toBe(401);
  });

  it('reach every page that listens', async () => {
    const pages = [await test.listen(), await test.listen()];
    for (const page of pages) {
      expect(page.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      expect(await page.next()).toBe(': welcome\n\n');
    }
    test.core.tell({ name: 'changed', payload: { topic: 'credentials' } });
    for (const page of pages) {
      expect(await page.next()).toBe('data: {"name":"changed","payload":{"topic":"credentials"}}\n\n');
      page.response.destroy();
    }
  });

  it('end with the shell, which then listens to the core no longer', async () => {
    const page = await test.listen();
    await page.next();
    expect(test.core.listeners).toBe(1);
    await test.shell.close();
    expect(await page.next()).toBeUndefined();
    expect(test.core.listeners).toBe(0);
  });
});
