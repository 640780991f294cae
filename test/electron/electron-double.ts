import { EventEmitter } from 'node:events';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Clipboard,
  CommandLine,
  ContextBridge,
  CustomScheme,
  Dialog,
  Dock,
  DownloadItem,
  IpcMain,
  Settings as LoginItemSettings,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
  OnBeforeRequestListenerDetails,
  Protocol,
  Menu as RealMenu,
  Notification as RealNotification,
  Session,
  Shell,
  SystemPreferences,
  Tray,
  WebContents,
  WebFrameMain,
  WebRequest,
} from 'electron';

/**
 * The parts of Electron that the shell uses, in memory. Each takes its signatures from Electron's own types, so that a
 * double which no longer fits the real thing doesn't compile; what isn't here fails at its first use.
 */
type AppPart = Pick<
  App,
  | 'setName'
  | 'setPath'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'isPackaged'
  | 'focus'
  | 'setBadgeCount'
  | 'getLocale'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'quit'
  | 'exit'
>;

class CommandLineDouble implements Pick<CommandLine, 'removeSwitch'> {
  readonly removed: string[] = [];
  readonly #steps: string[];
  constructor(steps: string[]) {
    this.#steps = steps;
  }
  removeSwitch(name: string): void {
    if (this.removed.length === 0) this.#steps.push('remove switches');
    this.removed.push(name);
  }
}

class AppDouble extends EventEmitter implements AppPart {
  isPackaged = false;
  appUserModelId: string | null = null;
  /** The login item, as the system keeps it. */
  loginItem: LoginItemSettings = { openAtLogin: false };
  wasOpenedAtLogin = false;
  switchedOffInTaskManager = false;
  /** What the system does with a change: nothing, as macOS may. */
  keepsLoginItem = false;
  readonly paths = new Map<string, string>();
  readonly exits: (number | undefined)[] = [];
  readonly dock: Pick<Dock, 'hide'> = { hide: () => this.steps.push('hide from the Dock') };
  /** What was done before the app was ready, in its order. */
  readonly steps: string[] = [];
  readonly commandLine = new CommandLineDouble(this.steps);
  name = '';
  holdsLock = true;
  lockData: unknown = null;
  focused = 0;
  locale = 'en-US';
  ended = false;

  getLocale(): string {
    return this.locale;
  }
  setName(name: string): void {
    this.name = name;
  }
  setAppUserModelId(id: string): void {
    this.appUserModelId = id;
  }
  setLoginItemSettings(settings: LoginItemSettings): void {
    if (!this.keepsLoginItem) this.loginItem = settings;
  }
  getLoginItemSettings({ args = [] }: { args?: string[] } = {}) {
    const isOurs = JSON.stringify(args) === JSON.stringify(this.loginItem.args ?? []);
    const openAtLogin = isOurs && this.loginItem.openAtLogin === true;
    const executableWillLaunchAtLogin = openAtLogin && !this.switchedOffInTaskManager;
    return { openAtLogin, executableWillLaunchAtLogin, wasOpenedAtLogin: this.wasOpenedAtLogin };
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  enableSandbox(): void {
    this.steps.push('sandbox');
  }
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.steps.push('lock');
    this.lockData = data;
    return this.holdsLock;
  }
  async whenReady(): Promise<void> {
    await Promise.resolve();
    this.steps.push('ready');
  }
  focus(): void {
    this.focused++;
  }
  badge = 0;
  setBadgeCount(count = 0): boolean {
    this.badge = count;
    return true;
  }
  /** As Electron: every listener of `before-quit` can keep it from ending. */
  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.ended = true;
  }
  exit(code?: number): void {
    this.exits.push(code);
  }
}

export class FrameDouble implements Pick<WebFrameMain, 'url' | 'origin' | 'detached' | 'isDestroyed'> {
  url = '';
  origin = '';
  detached = false;
  destroyed = false;
  parent: FrameDouble | null = null;
  isDestroyed(): boolean {
    return this.destroyed;
  }
  goTo(address: string): void {
    const { protocol, host } = new URL(address);
    this.url = address;
    this.origin = `${protocol}//${host}`;
  }
}

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

export class ContentsDouble
  extends EventEmitter
  implements Pick<WebContents, 'id' | 'getURL' | 'send' | 'reload' | 'setWindowOpenHandler'>
{
  static #count = 0;
  readonly id = ++ContentsDouble.#count;
  readonly mainFrame = new FrameDouble();
  readonly sent: { channel: string; payload: unknown }[] = [];
  reloads = 0;
  #openHandler: OpenHandler | null = null;

  getURL(): string {
    return this.mainFrame.url;
  }
  reload(): void {
    this.reloads++;
  }
  send(channel: string, payload: unknown): void {
    this.sent.push({ channel, payload });
    this.emit('double:sent', channel, payload);
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  /** The page calls `window.open` or follows a link with a target. */
  open(url: string): 'allow' | 'deny' {
    if (!this.#openHandler) throw new Error('no handler for new windows');
    const referrer = { url: this.getURL(), policy: 'no-referrer' } as const;
    return this.#openHandler({ url, frameName: '', features: '', disposition: 'foreground-tab', referrer }).action;
  }
  /** The page wants something that Electron asks about by this event. @returns whether it was let. */
  wants(event: string, details: object = {}): boolean {
    let let_ = true;
    this.emit(event, { ...details, preventDefault: () => (let_ = false) });
    return let_;
  }
}

type WindowPart = Pick<
  BrowserWindow,
  'show' | 'focus' | 'restore' | 'isMinimized' | 'isDestroyed' | 'loadURL' | 'close' | 'destroy'
>;

export class WindowDouble extends EventEmitter implements WindowPart {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new ContentsDouble();
  readonly loaded: string[] = [];
  visible: boolean;
  minimized = false;
  focused = 0;
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.visible = options.show !== false;
  }
  show(): void {
    this.visible = true;
  }
  focus(): void {
    this.focused++;
  }
  restore(): void {
    this.minimized = false;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  async loadURL(address: string): Promise<void> {
    this.loaded.push(address);
    this.webContents.mainFrame.goTo(address);
    await Promise.resolve();
    this.emit('ready-to-show');
  }
  close(): void {
    this.destroy();
  }
  destroy(): void {
    this.#destroyed = true;
    this.webContents.mainFrame.destroyed = true;
    this.emit('closed');
  }
}

export class MenuDouble {
  readonly items: readonly MenuItemConstructorOptions[];
  constructor(items: readonly MenuItemConstructorOptions[]) {
    this.items = items;
  }
  /** Every item with its label, submenus opened. */
  get all(): readonly MenuItemConstructorOptions[] {
    const open = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
      items.flatMap((item) => (Array.isArray(item.submenu) ? [item, ...open(item.submenu)] : [item]));
    return open(this.items);
  }
  get labels(): (string | undefined)[] {
    return this.all.map((item) => (item.type === 'separator' ? '-' : item.label));
  }
  item(label: string): MenuItemConstructorOptions {
    const found = this.all.find((item) => item.label === label);
    if (!found) throw new Error(`no item “${label}” among: ${this.labels.join(' | ')}`);
    return found;
  }
  /** A person clicks it: nothing happens with one that is grey. */
  click(label: string): void {
    const { enabled, click } = this.item(label);
    // Our listeners look at none of these.
    if (enabled !== false) (click as (() => void) | undefined)?.();
  }
}

export interface ImageDouble {
  readonly path: string;
}

export class TrayDouble
  extends EventEmitter
  implements Pick<Tray, 'setToolTip' | 'setTitle' | 'setIgnoreDoubleClickEvents'>
{
  image: ImageDouble;
  toolTip = '';
  title = '';
  /** Null until the first is set. */
  menu: MenuDouble | null = null;
  menusSet = 0;
  constructor(image: ImageDouble) {
    super();
    this.image = image;
  }
  setImage(image: ImageDouble): void {
    this.image = image;
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  ignoresDoubleClicks = false;
  setIgnoreDoubleClickEvents(ignore: boolean): void {
    this.ignoresDoubleClicks = ignore;
  }
  setContextMenu(menu: MenuDouble | null): void {
    this.menu = menu;
    this.menusSet++;
  }
}

class WebRequestDouble implements Pick<WebRequest, 'onBeforeRequest'> {
  #decide: BeforeRequest | null = null;
  onBeforeRequest(listenerOrFilter: unknown): void {
    this.#decide = listenerOrFilter as BeforeRequest; // the shell gives no filter
  }
  /** A page requests an address. @returns whether it was let. */
  lets(url: string): boolean {
    let cancel: boolean | undefined;
    this.#decide?.({ url } as OnBeforeRequestListenerDetails, (decision) => {
      cancel = decision.cancel;
    });
    return cancel === false;
  }
}
type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  decide: (decision: { cancel?: boolean }) => void,
) => void;

class SessionDouble
  extends EventEmitter
  implements Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>
{
  request: Parameters<Session['setPermissionRequestHandler']>[0] = null;
  check: Parameters<Session['setPermissionCheckHandler']>[0] = null;
  device: Parameters<Session['setDevicePermissionHandler']>[0] = null;
  readonly webRequest = new WebRequestDouble();
  setPermissionRequestHandler(handler: typeof this.request): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: typeof this.check): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }
  /** A page begins to save a file. @returns whether it was let. */
  downloads(url: string): boolean {
    let let_ = true;
    const item: Pick<DownloadItem, 'getURL'> = { getURL: () => url };
    this.emit('will-download', { preventDefault: () => (let_ = false) }, item);
    return let_;
  }
}

export class NotificationDouble
  extends EventEmitter
  implements Pick<RealNotification, 'show' | 'close' | 'title' | 'body'>
{
  title: string;
  body: string;
  shown = 0;
  constructor({ title = '', body = '' }: NotificationConstructorOptions) {
    super();
    this.title = title;
    this.body = body;
  }
  show(): void {
    this.shown++;
  }
  closed = false;
  close(): void {
    this.closed = true;
    this.emit('close');
  }
}

export class ClipboardItemDouble {
  readonly items: Readonly<Record<string, string | Blob>>;
  constructor(items: Record<string, string | Blob>) {
    this.items = items;
  }
}

export class ClipboardDouble implements Pick<Clipboard, 'readText' | 'writeText' | 'clear'> {
  readonly writes: ClipboardItemDouble[][] = [];
  text = '';
  refuses = false;
  async write(items: ClipboardItemDouble[]): Promise<void> {
    if (this.refuses) throw new Error('the clipboard is held by another program');
    this.writes.push(items);
    this.text = String(items[0]?.items['text/plain']);
  }
  async writeText(text: string): Promise<void> {
    this.text = text;
  }
  async readText(): Promise<string> {
    if (this.refuses) throw new Error('the clipboard is held by another program');
    return this.text;
  }
  clear(): void {
    this.text = '';
  }
}

type CallListener = Parameters<IpcMain['handle']>[1];
type MessageBox = Parameters<Dialog['showMessageBox']>[0];

/** One Electron, as one process has it. */
export class ElectronDouble {
  readonly app = new AppDouble();
  readonly windows: WindowDouble[] = [];
  readonly trays: TrayDouble[] = [];
  readonly session = new SessionDouble();
  readonly clipboard = new ClipboardDouble();
  readonly schemes: CustomScheme[] = [];
  readonly protocols = new Map<string, Parameters<Protocol['handle']>[1]>();
  readonly calls = new Map<string, CallListener>();
  readonly opened: string[] = [];
  readonly boxes: MessageBox[] = [];
  readonly errorBoxes: { title: string; content: string }[] = [];
  readonly exposed = new Map<string, unknown>();
  readonly notifications: NotificationDouble[] = [];
  /** Null: this Mac has no Touch ID. Else what the person's finger says. */
  touchId: boolean | null = null;
  readonly touchIdReasons: string[] = [];
  /** The window that the person looks at. */
  focusedWindow: WindowDouble | null = null;
  /** Whether the system shows notifications. */
  notifies = true;
  /** Null when it was taken away, undefined when nobody has set one. */
  applicationMenu: MenuDouble | null | undefined;
  /** The buttons that the person presses in the next message boxes; Escape when there is none left. */
  readonly presses: string[] = [];
  /** Lets the person read on: message boxes stay until this resolves. */
  reading: Promise<void> = Promise.resolve();

  /** What `import ... from 'electron'` gives. */
  get module(): Record<string, unknown> {
    const { app, windows, trays, calls, notifications } = this;
    const notifies = () => this.notifies;
    const focusedWindow = () => this.focusedWindow;
    class BrowserWindowOfThisApp extends WindowDouble {
      static getFocusedWindow(): WindowDouble | null {
        return focusedWindow();
      }
      constructor(options: BrowserWindowConstructorOptions) {
        super(options);
        windows.push(this);
        app.emit('web-contents-created', {}, this.webContents);
      }
    }
    class TrayOfThisApp extends TrayDouble {
      constructor(image: ImageDouble) {
        super(image);
        trays.push(this);
      }
    }
    class NotificationOfThisApp extends NotificationDouble {
      static isSupported(): boolean {
        return notifies();
      }
      constructor(options: NotificationConstructorOptions) {
        super(options);
        notifications.push(this);
      }
    }
    const shell: Pick<Shell, 'openExternal'> = {
      openExternal: async (url) => {
        this.opened.push(url);
      },
    };
    const systemPreferences: Pick<SystemPreferences, 'canPromptTouchID' | 'promptTouchID'> = {
      canPromptTouchID: () => this.touchId !== null,
      promptTouchID: async (reason) => {
        this.touchIdReasons.push(reason);
        if (!this.touchId) throw new Error('User canceled.');
      },
    };
    const protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
      registerSchemesAsPrivileged: (schemes) => {
        app.steps.push('scheme');
        this.schemes.push(...schemes);
      },
      handle: (scheme, handler) => {
        this.protocols.set(scheme, handler);
      },
    };
    const ipcMain: Pick<IpcMain, 'handle'> = {
      handle: (channel, listener) => {
        calls.set(channel, listener);
      },
    };
    const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
      exposeInMainWorld: (name, api) => {
        this.exposed.set(name, api);
      },
    };
    const dialog: Pick<Dialog, 'showErrorBox'> & { showMessageBox(box: MessageBox): Promise<{ response: number }> } = {
      showErrorBox: (title, content) => {
        this.errorBoxes.push({ title, content });
      },
      showMessageBox: async (box) => {
        this.boxes.push(box);
        await this.reading;
        const wanted = this.presses.shift();
        return { response: wanted === undefined ? (box.cancelId ?? 0) : (box.buttons ?? []).indexOf(wanted) };
      },
    };
    const Menu = {
      buildFromTemplate: (items: Parameters<typeof RealMenu.buildFromTemplate>[0]) =>
        new MenuDouble(items as MenuItemConstructorOptions[]), // the shell gives no ready-made items
      setApplicationMenu: (menu: MenuDouble | null) => {
        this.applicationMenu = menu;
      },
    };
    return {
      app,
      shell,
      protocol,
      ipcMain,
      contextBridge,
      systemPreferences,
      dialog,
      Menu,
      clipboard: this.clipboard,
      session: { defaultSession: this.session },
      nativeImage: { createFromPath: (path: string): ImageDouble => ({ path }) },
      BrowserWindow: BrowserWindowOfThisApp,
      Tray: TrayOfThisApp,
      Notification: NotificationOfThisApp,
      ClipboardItem: ClipboardItemDouble,
    };
  }

  /** The one window that is open for this page. */
  windowOf(page: string): WindowDouble {
    const [window, ...more] = this.windows.filter((one) => !one.isDestroyed() && one.loaded[0]?.includes(page));
    if (!window || more.length > 0) throw new Error(`${more.length + (window ? 1 : 0)} windows with ${page}`);
    return window;
  }

  get tray(): TrayDouble {
    const [tray, ...more] = this.trays;
    if (!tray || more.length > 0) throw new Error(`${this.trays.length} trays`);
    return tray;
  }

  get menu(): MenuDouble {
    if (!this.tray.menu) throw new Error('the tray has no menu');
    return this.tray.menu;
  }
}
