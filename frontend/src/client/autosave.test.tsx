import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useAutosave } from "./autosave";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Save = (value: string, on: { version: number }) => Promise<{ version: number }>;
const form = (save: Save) => renderHook(() => useAutosave<string>({ version: 1 }, save, 1000)).result;

it("sends the last of quick changes after a quiet while", async () => {
  const save = vi.fn<Save>().mockResolvedValue({ version: 2 });
  const result = form(save);
  act(() => {
    result.current.change("a");
    result.current.change("ab");
  });
  expect(result.current.state.status).toBe("dirty");
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(save.mock.calls).toEqual([["ab", { version: 1 }]]);
  expect(result.current.state.status).toBe("saved");
});

it("never sends two at once; what came meanwhile goes next, on the version just saved", async () => {
  let release = () => {};
  const save = vi.fn<Save>((_, on) => new Promise((done) => (release = () => done({ version: on.version + 1 }))));
  const result = form(save);
  act(() => result.current.change("a"));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  act(() => result.current.change("b"));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(save).toHaveBeenCalledTimes(1);
  await act(async () => release());
  expect(save.mock.calls).toEqual([
    ["a", { version: 1 }],
    ["b", { version: 2 }],
  ]);
});

it("keeps what could not be saved, and lets nothing be built on it", async () => {
  const save = vi.fn<Save>().mockRejectedValue(new TypeError("down"));
  const result = form(save);
  act(() => result.current.change("a"));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(result.current.state.status).toBe("failed");
  await act(async () => void (await expect(result.current.settle()).rejects.toMatchObject({ code: "network.down" })));
  save.mockResolvedValue({ version: 2 });
  await act(async () => result.current.settle());
  expect(save.mock.calls.map(([value]) => value)).toEqual(["a", "a", "a"]);
  expect(result.current.state.status).toBe("saved");
});
