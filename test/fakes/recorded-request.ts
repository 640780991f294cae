import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Names and values as they were written, in their order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.push([incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '']);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers, body };
}

/** The value of a header, whatever the case of its name. */
export function header(request: RecordedRequest, name: string): string | undefined {
  return request.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

/** The body as JSON, or null. */
export function jsonOf({ body }: RecordedRequest): Readonly<Record<string, unknown>> | null {
  try {
    const document: unknown = JSON.parse(body);
    return typeof document === 'object' && document !== null ? { ...document } : null;
  } catch {
    return null;
  }
}
