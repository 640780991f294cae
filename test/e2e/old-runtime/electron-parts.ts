import { EventEmitter } from 'node:events';
import type { Clipboard, Protocol, WebContents } from 'electron';

/** What Electron 45 has and Electron 22 lacks; as far as Rekey uses it. */
type Electron = typeof import('electron');

export function addElectronParts(electron: Electron): void {
  addProtocolHandle(electron.protocol);
  addAsyncClipboard(electron);
  addFrameNavigation(electron);
  addFrameState(electron);
}

/** `protocol.handle` (25), by the way of before. */
function addProtocolHandle(protocol: Protocol): void {
  const handle: Protocol['handle'] = (scheme, handler) => {
    protocol.registerBufferProtocol(scheme, (request, give) => {
      void answer(handler(request as unknown as Request)).then(give);
    });
  };
  Object.assign(protocol, { handle });
}

async function answer(given: Response | Promise<Response>) {
  const response = await given;
  const headers = Object.fromEntries(response.headers);
  const [mimeType = ''] = (headers['content-type'] ?? '').split(';');
  return { statusCode: response.status, headers, mimeType, data: Buffer.from(await response.arrayBuffer()) };
}

/** `clipboard.write` of items (44): the text, and the formats beside it by the way of before. */
function addAsyncClipboard(electron: Electron): void {
  class Item {
    readonly items: Record<string, string | Blob>;
    constructor(items: Record<string, string | Blob>) {
      this.items = items;
    }
  }
  const { clipboard } = electron;
  const write = async ([item]: Item[]): Promise<void> => clipboard.writeText(String(item?.items['text/plain']));
  Object.assign(electron, { ClipboardItem: Item });
  Object.assign(clipboard, { write: write as unknown as Clipboard['write'] });
}

/** `will-frame-navigate` (25); before, only the main frame was asked about. */
function addFrameNavigation({ app }: Electron): void {
  app.on('web-contents-created', (_created, contents: WebContents) => {
    contents.on('will-navigate', (event, url) => {
      contents.emit('will-frame-navigate', Object.assign(event, { url, isMainFrame: true }));
    });
  });
}

/** `WebFrameMain.isDestroyed` and `detached` (both later). */
function addFrameState({ app, webFrameMain }: Electron): void {
  app.once('web-contents-created', (_created, contents: WebContents) => {
    contents.once('did-start-navigation', () => {
      const { processId, routingId } = contents.mainFrame;
      const frame = webFrameMain.fromId(processId, routingId);
      const made: object | null = frame && Object.getPrototypeOf(frame);
      if (!made || made === EventEmitter.prototype) return;
      if (!('isDestroyed' in made)) Object.assign(made, { isDestroyed: () => false });
      if (!('detached' in made)) Object.assign(made, { detached: false });
    });
  });
}
