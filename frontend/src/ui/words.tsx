// The words and the clock that the parts in this folder need. They are handed in, so that
// ui knows no language and no server.
import { createContext, useContext } from "react";

export interface UiWords {
  locale: string;
  loading: string;
  close: string;
  actions: string;
  cancel: string;
  confirm: string;
  more: string;
  less: string;
  loadMore: string;
  shown: (n: number) => string;
  all: string;
  nothing: string;
  none: string;
  required: string;
  optional: string;
  money: (fen: number) => string;
  moneyUnit: string;
  zone: string;
  left: (days: number, hours: number, minutes: number, seconds: number) => string;
  passed: string;
  choose: string;
  drop: string;
  remove: string;
  uploading: string;
  fieldErrors: (n: number) => string;
  incident: (id: string) => string;
  export: string;
  exportAs: Record<"xlsx" | "csv" | "json", string>;
  of: (a: string, b: string) => string;
}

/** A failure as the client tells it. */
export interface Failure {
  status: number;
  code: string;
  message: string;
  fields: { path: string; code: string; message: string }[];
  incident?: string;
}

export interface Explained {
  title: string;
  fields: { label: string; message: string }[];
  incident?: string;
}

export interface UiSetting {
  words: UiWords;
  /** The label of an action's button. */
  action: (name: string) => string;
  /** What to ask before an action is done; nothing when it needs no second look. */
  sure: (name: string) => string | undefined;
  explain: (failure: unknown) => Explained;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  clockOffset: number;
}

export const UiContext = createContext<UiSetting | undefined>(undefined);

export function useUi(): UiSetting {
  const setting = useContext(UiContext);
  if (!setting) throw new Error("UiContext is missing above this part");
  return setting;
}

export const useWords = (): UiWords => useUi().words;
