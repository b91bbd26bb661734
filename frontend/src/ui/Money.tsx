import { useWords } from "./words";

/** An amount in fen, shown as the language shows money (万元 in Chinese). */
export function Money({ fen }: { fen: number }) {
  const words = useWords();
  return <span className="number nowrap">{words.money(fen)}</span>;
}
