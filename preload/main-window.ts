import { contextBridge, ipcRenderer } from 'electron';
import { makeBridge } from './bridge.ts';
import { MAIN_WINDOW_CALLS } from './names.ts';

contextBridge.exposeInMainWorld('rekey', makeBridge(ipcRenderer, MAIN_WINDOW_CALLS));
