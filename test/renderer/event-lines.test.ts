import { expect, it } from 'vitest';
import { eventLines } from '../../renderer/carrier/event-lines.ts';

async function read(pieces: readonly Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: unknown[] = [];
  for await (const event of eventLines(body)) events.push(event);
  return events;
}

const bytes = new TextEncoder().encode(
  ': welcome\n\ndata: {"name":"changed","payload":{"topic":"“ü”"}}\n\n: still here\n\ndata: {"name":"approval"}\n\n',
);

it('events come whole, wherever the stream was cut, in the middle of a letter too', async () => {
  const whole = await read([bytes]);
  expect(whole).toEqual([{ name: 'changed', payload: { topic: '“ü”' } }, { name: 'approval' }]);
  for (let at = 0; at <= bytes.length; at++) {
    expect(await read([bytes.slice(0, at), bytes.slice(at)])).toEqual(whole);
  }
});

it('an event that was cut off by the end is not half told', async () => {
  expect(await read([bytes.slice(0, bytes.length - 6)])).toHaveLength(1);
});
