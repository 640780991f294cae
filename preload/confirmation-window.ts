import { contextBridge, ipcRenderer } from 'electron';
import { makeBridge } from './bridge.ts';
import { CONFIRMATION_WINDOW_CALLS } from './names.ts';

contextBridge.exposeInMainWorld('rekey', makeBridge(ipcRenderer, CONFIRMATION_WINDOW_CALLS));
