/** As wide as at a desk; the same at 200 %, which halves both ways; and a phone's width. In pixels. */
export const WINDOWS = {
  wide: { width: 1180, height: 800 },
  zoomed: { width: 590, height: 400 },
  narrow: { width: 360, height: 800 },
} as const;
