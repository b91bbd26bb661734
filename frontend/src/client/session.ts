// Who is signed in. The access token lives in memory only; the refresh token is an
// HttpOnly cookie the page never sees. A flag in localStorage says only that a refresh is
// worth trying, so that strangers cause no request.
import { useSyncExternalStore } from "react";
import type { Me, Session } from "./views";

type State = { status: "out" } | { status: "in"; token: string; me: Me };

const flag = "jiebang.session";
let state: State = { status: "out" };
const listeners = new Set<() => void>();

function set(next: State) {
  state = next;
  for (const listener of listeners) listener();
}

export const session = {
  token: () => (state.status === "in" ? state.token : undefined),
  me: () => (state.status === "in" ? state.me : undefined),
  worthRefreshing: () => localStorage.getItem(flag) === "1",
  start(s: Session) {
    localStorage.setItem(flag, "1");
    set({ status: "in", token: s.access_token, me: s.me });
  },
  end() {
    localStorage.removeItem(flag);
    set({ status: "out" });
  },
  know(me: Me) {
    if (state.status === "in") set({ ...state, me });
  },
};

export function useMe(): Me | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session.me(),
  );
}
