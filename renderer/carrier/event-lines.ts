import type { AnyEvent } from '../../preload/contract.ts';

/**
 * The events in a stream of server-sent events. (`EventSource` can't send the header that proves the page's session.)
 */
export async function* eventLines(body: ReadableStream<Uint8Array>): AsyncGenerator<AnyEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    rest += decoder.decode(piece.value, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length)) as AnyEvent;
  }
}
