import type { Host } from '../host.ts';
import { fiveIre } from './5ire.ts';
import { amp } from './amp.ts';
import { antigravity } from './antigravity.ts';
import { anythingllm } from './anythingllm.ts';
import { auggie } from './auggie.ts';
import { augmentIde } from './augment-ide.ts';
import { avanteNvim } from './avante-nvim.ts';
import { boltai } from './boltai.ts';
import { cherryStudio } from './cherry-studio.ts';
import { claudeCode } from './claude-code.ts';
import { claudeDesktop } from './claude-desktop.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { cody } from './cody.ts';
import { continueHost } from './continue.ts';
import { copilotCli } from './copilot-cli.ts';
import { copilotJetbrains } from './copilot-jetbrains.ts';
import { crush } from './crush.ts';
import { cursor } from './cursor.ts';
import { devinDesktop } from './devin-desktop.ts';
import { dockerMcp } from './docker-mcp.ts';
import { droid } from './droid.ts';
import { enconvo } from './enconvo.ts';
import { geminiCli } from './gemini-cli.ts';
import { goose } from './goose.ts';
import { grokBuild } from './grok-build.ts';
import { hermes } from './hermes.ts';
import { jan } from './jan.ts';
import { jetbrainsAiAssistant } from './jetbrains-ai-assistant.ts';
import { jetbrainsAir } from './jetbrains-air.ts';
import { junie } from './junie.ts';
import { kiloCode } from './kilo-code.ts';
import { kimiCode } from './kimi-code.ts';
import { kiro } from './kiro.ts';
import { kiroCli } from './kiro-cli.ts';
import { letta } from './letta.ts';
import { librechat } from './librechat.ts';
import { lmStudio } from './lm-studio.ts';
import { mcpEl } from './mcp-el.ts';
import { mcphubNvim } from './mcphub-nvim.ts';
import { mcpo } from './mcpo.ts';
import { mcporter } from './mcporter.ts';
import { mistralVibe } from './mistral-vibe.ts';
import { msty } from './msty.ts';
import { n8n } from './n8n.ts';
import { openWebui } from './open-webui.ts';
import { openclaw } from './openclaw.ts';
import { opencode } from './opencode.ts';
import { openhands } from './openhands.ts';
import { pearai } from './pearai.ts';
import { perplexity } from './perplexity.ts';
import { pi } from './pi.ts';
import { qoder } from './qoder.ts';
import { qwenCode } from './qwen-code.ts';
import { raycast } from './raycast.ts';
import { rooCode } from './roo-code.ts';
import { rovoDev } from './rovo-dev.ts';
import { sema4ai } from './sema4ai.ts';
import { tabnine } from './tabnine.ts';
import { tome } from './tome.ts';
import { toolhive } from './toolhive.ts';
import { trae } from './trae.ts';
import { visualStudio } from './visual-studio.ts';
import { voidEditor } from './void.ts';
import { vscode } from './vscode.ts';
import { vscodeInsiders } from './vscode-insiders.ts';
import { vscodium } from './vscodium.ts';
import { warp } from './warp.ts';
import { witsy } from './witsy.ts';
import { zed } from './zed.ts';

/** All hosts that Rekey knows. A new one is a file of its own in this folder and a line here. */
export const catalogue: readonly Host[] = [
  claudeDesktop,
  claudeCode,
  cursor,
  vscode,
  vscodeInsiders,
  vscodium,
  devinDesktop,
  visualStudio,
  copilotCli,
  copilotJetbrains,
  jetbrainsAiAssistant,
  jetbrainsAir,
  junie,
  zed,
  cline,
  rooCode,
  kiloCode,
  continueHost,
  codex,
  geminiCli,
  qwenCode,
  opencode,
  crush,
  goose,
  amp,
  kiro,
  kiroCli,
  warp,
  droid,
  auggie,
  augmentIde,
  antigravity,
  mistralVibe,
  kimiCode,
  grokBuild,
  rovoDev,
  tabnine,
  trae,
  qoder,
  voidEditor,
  cody,
  pearai,
  lmStudio,
  jan,
  anythingllm,
  cherryStudio,
  librechat,
  openWebui,
  mcpo,
  boltai,
  witsy,
  fiveIre,
  raycast,
  msty,
  perplexity,
  sema4ai,
  enconvo,
  tome,
  mcphubNvim,
  avanteNvim,
  mcpEl,
  mcporter,
  pi,
  openhands,
  hermes,
  openclaw,
  dockerMcp,
  toolhive,
  letta,
  n8n,
];
