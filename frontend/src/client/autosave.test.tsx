import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useAutosave } from "./autosave";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("sends the last of quick changes after a quiet while", async () => {
  const save = vi.fn().mockResolvedValue(undefined);
  const { result } = renderHook(() => useAutosave(save, 1000));
  act(() => {
    result.current.change("a");
    result.current.change("ab");
  });
  expect(result.current.state.status).toBe("dirty");
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(save.mock.calls).toEqual([["ab"]]);
  expect(result.current.state.status).toBe("saved");
});

it("never sends two at once, and sends what came meanwhile afterwards", async () => {
  let release = () => {};
  const save = vi.fn(() => new Promise<void>((done) => (release = done)));
  const { result } = renderHook(() => useAutosave(save, 1000));
  act(() => result.current.change("a"));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  act(() => result.current.change("b"));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(save).toHaveBeenCalledTimes(1);
  await act(async () => release());
  expect(save.mock.calls).toEqual([["a"], ["b"]]);
});

it("keeps what could not be saved and sends it with the next flush", async () => {
  const save = vi.fn().mockRejectedValueOnce(new TypeError("down")).mockResolvedValue(undefined);
  const { result } = renderHook(() => useAutosave(save, 1000));
  act(() => result.current.change("a"));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(result.current.state.status).toBe("failed");
  await act(async () => expect(await result.current.flush()).toBe(true));
  expect(save.mock.calls).toEqual([["a"], ["a"]]);
});
