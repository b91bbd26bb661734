import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { learnExactly } from "../client/clock";
import { renderPart } from "../testing/render";
import { Actions } from "./Actions";
import { Countdown } from "./Countdown";
import { MoneyInput } from "./inputs";
import { fenOf, wanText } from "./money";
import { Money } from "./Money";
import { Pager } from "./Pager";
import { remainder, SumTree, type SumPart } from "./SumTree";
import { fromWallClock, timeText, wallClock } from "./time";

describe("money", () => {
  it.each([
    [160_000_000, "160"],
    [160_500_000, "160.5"],
    [1, "0.000001"],
    [0, "0"],
    [-2_500_000, "-2.5"],
    [999_999_999_999_999, "999999999.999999"],
  ])("%d fen is %s 万元 and back", (fen, wan) => {
    expect(wanText(fen)).toBe(wan);
    if (fen >= 0) expect(fenOf(wan)).toBe(fen);
  });

  it.each(["", "abc", "-1", "1.0000001", "1e3", "1.2.3"])("%j is no amount", (text) => {
    expect(fenOf(text)).toBeUndefined();
  });

  it("reads grouped digits and shows them", () => {
    expect(fenOf("1,600")).toBe(1_600_000_000);
    renderPart(<Money fen={1_600_000_000} />);
    expect(screen.getByText("1,600 万元")).toBeTruthy();
  });

  it("keeps what is typed until it is an amount", async () => {
    const heard: (number | undefined)[] = [];
    renderPart(<MoneyInput label="报价" onChange={(fen) => heard.push(fen)} />);
    await userEvent.type(screen.getByLabelText("报价"), "1.x");
    expect((screen.getByLabelText("报价") as HTMLInputElement).value).toContain("x");
    expect(heard.at(-1)).toBeUndefined();
  });
});

describe("time", () => {
  it("is shown and written in Beijing time whatever the machine's zone is", () => {
    expect(timeText("2026-12-06T09:00:00Z", "zh-CN")).toBe("2026-12-06 17:00");
    expect(wallClock("2026-12-06T09:00:00Z")).toBe("2026-12-06T17:00");
    expect(fromWallClock("2026-12-06T17:00")).toBe("2026-12-06T09:00:00.000Z");
  });
});

describe("Countdown", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse("2026-12-01T00:00:00Z") });
    learnExactly("2026-12-01T00:00:00Z", Date.now());
  });
  afterEach(() => {
    learnExactly(new Date().toISOString(), Date.now());
    vi.useRealTimers();
  });

  it("counts by the server's clock", () => {
    learnExactly("2026-12-01T01:00:00Z", Date.now()); // this machine is an hour behind
    renderPart(<Countdown until="2026-12-01T01:00:30Z" />);
    expect(screen.getByRole("timer").textContent).toBe("剩余 0 分 30 秒");
  });

  it("says when, in which zone", () => {
    renderPart(<Countdown until="2026-12-06T09:00:00Z" full />);
    expect(screen.getByRole("timer").textContent).toBe("剩余 5 天 9 小时 · 2026-12-06 17:00 北京时间");
  });

  it("is over at the instant itself", () => {
    renderPart(<Countdown until="2026-12-01T00:00:02Z" />);
    act(() => void vi.advanceTimersByTime(1000));
    expect(screen.getByRole("timer").textContent).toBe("剩余 0 分 1 秒");
    act(() => void vi.advanceTimersByTime(1000));
    expect(screen.getByRole("timer").textContent).toBe("已截止");
  });
});

describe("SumTree", () => {
  const sum: SumPart = { name: "total", value: 10, parts: [{ name: "a", value: 7.25, parts: [{ name: "x", value: 7.25 }] }, { name: "b", value: 2.75 }] };
  const words = (p: SumPart) => ({ name: p.name.toUpperCase() });

  it("draws every part with its value", () => {
    renderPart(<SumTree sum={sum} words={words} digits={2} open={2} />);
    expect(["TOTAL", "A", "X", "B"].every((n) => screen.getByText(n))).toBe(true);
    expect(screen.getAllByText("7.25")).toHaveLength(2);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("shows it when parts do not add up", () => {
    const wrong = { ...sum, value: 11 };
    expect(remainder(wrong)).toBeCloseTo(1);
    renderPart(<SumTree sum={wrong} words={words} />);
    expect(screen.getByRole("alert").textContent).toContain("1.00");
  });
});

describe("Pager", () => {
  it("asks for more only while there is more", async () => {
    const more = vi.fn();
    const { rerender, unmount } = renderPart(<Pager shown={20} more onMore={more} />);
    await userEvent.click(screen.getByRole("button", { name: "加载更多" }));
    expect(more).toHaveBeenCalledOnce();
    unmount();
    void rerender;
    renderPart(<Pager shown={38} more={false} onMore={more} />);
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByText("已显示 38 项")).toBeTruthy();
  });
});

describe("Actions", () => {
  const acts = (run = vi.fn().mockResolvedValue(true)) => ({ names: ["challenge.submit", "challenge.withdraw", "challenge.publish"], run, clear: () => {} });

  it("draws a button only for what the view allows", () => {
    renderPart(<Actions actions={["challenge.submit", "challenge.unknown"]} acts={acts()} />);
    expect(screen.getAllByRole("button").map((b) => b.textContent)).toEqual(["提交审核"]);
  });

  it("does a plain action at once", async () => {
    const run = vi.fn().mockResolvedValue(true);
    renderPart(<Actions actions={["challenge.submit"]} acts={acts(run)} />);
    await userEvent.click(screen.getByRole("button", { name: "提交审核" }));
    expect(run).toHaveBeenCalledWith("challenge.submit", "");
  });

  it("asks for a reason where one is due", async () => {
    const run = vi.fn().mockResolvedValue(true);
    renderPart(<Actions actions={["challenge.withdraw"]} acts={acts(run)} reasons={["challenge.withdraw"]} labelReason="理由" />);
    await userEvent.click(screen.getByRole("button", { name: "撤榜" }));
    expect(run).not.toHaveBeenCalled();
    await userEvent.type(screen.getByLabelText(/理由/), "需求变化");
    await userEvent.click(screen.getByRole("button", { name: "确认" }));
    expect(run).toHaveBeenCalledWith("challenge.withdraw", "需求变化");
  });
});
