import { readFile } from 'node:fs/promises';
import { startBitscale } from '../../fakes/bitscale.ts';
import { placeSampleHosts } from '../../fixtures/hosts/place.ts';
import { latinWords } from '../latin-words.ts';
import { expect, test } from './core-story.ts';

test('whoever reads Chinese chooses it, rotates a key, and understands what went wrong', async ({
  page,
  sandbox,
  shell,
}) => {
  const service = await startBitscale();
  const old = service.key;
  const { files } = await placeSampleHosts(sandbox.home, 'linux', {
    bitscale: old,
    lightning: 'lf_of_somebody_else',
    log10x: '00000000-0000-4000-8000-000000000001',
    a2amarket: 'ak_of_somebody_else',
  });
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });

  await page.goto(shell.address);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: /Language of Rekey/ }).click();
  await page.getByRole('option', { name: '简体中文' }).click();
  await page.getByRole('link', { name: '密钥' }).click();

  // A key that can't be one: the core says so, and why, in Chinese.
  await page.getByRole('button', { name: '添加密钥' }).click();
  const dialog = page.getByRole('dialog', { name: '添加密钥' });
  await dialog.getByRole('button', { name: '选择服务 服务' }).click();
  await page.getByRole('option', { name: 'BitScale' }).click();
  await dialog.getByLabel('名称', { exact: true }).fill('home');
  await dialog.getByRole('textbox', { name: '密钥' }).fill('not-a-key');
  await dialog.getByRole('button', { name: '添加密钥' }).click();
  await expect(dialog.getByRole('alert')).toContainText(
    '这看起来不是 BitScale 的密钥（以 sk-live- 开头）。没有保存任何内容。',
  );
  await expect(dialog.getByRole('alert')).toContainText('请重新复制完整的密钥，前后不要有空格，并检查所选的服务。');
  await dialog.getByRole('button', { name: '取消' }).click();

  await page.getByRole('button', { name: '轮换“work”…' }).click();
  await expect(page.getByRole('heading', { name: '轮换“work”？' })).toBeVisible();
  await expect(page.getByText('BitScale 会立即使旧密钥失效。')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '向 BitScale 请求新密钥，只请求一次。' })).toBeVisible();
  await page.getByRole('button', { name: '轮换“work”', exact: true }).click();
  await expect(page.getByText('“work”已有新密钥', { exact: true })).toBeVisible();
  const holding = await Promise.all(files.map(async ({ path }) => (await readFile(path, 'utf8')).includes(old)));
  expect(holding).not.toContain(true);

  // The service is gone: why it can't be asked is said in Chinese too, and so is all that has happened.
  await service.stop();
  await page.goto(shell.url);
  await page.getByRole('button', { name: '“work”的更多操作' }).click();
  await page.getByRole('menuitem', { name: '验证' }).click();
  await expect(page.getByText('BitScale 没有说明是否接受此密钥。')).toBeVisible();
  await expect(page.getByText(/^无法连接 http:.*：它拒绝连接$/)).toBeVisible();
  await page.getByRole('link', { name: '活动记录' }).click();
  await expect(page.getByText('“work”的轮换已结束')).toBeVisible();
  await expect(page.getByText('已确认轮换“work”')).toBeVisible();
  await expect(page.getByText('已更改设置')).toBeVisible();
  expect(await latinWords(page, ['work', 'bitscale', 'Devin Desktop (formerly Windsurf)'])).toEqual([]);

  // The records are in no language of their own: whoever looks at them in English reads English.
  await page.getByRole('link', { name: '设置' }).click();
  await page.getByRole('button', { name: /Rekey 的语言/ }).click();
  await page.getByRole('option', { name: 'English' }).last().click();
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByText('The rotation of “work” ended')).toBeVisible();
});
