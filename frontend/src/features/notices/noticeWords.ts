import type { Notice } from "../../client/views";
import { fill, label } from "../../text/say";
import type { Text } from "../../text/zh-CN";

/** The sentence of a notice: by its kind and by the role in which it concerns the reader. */
export function noticeWords(t: Text, n: Notice): string {
  const params = n.params as Record<string, unknown>;
  const pattern = t.notice.words[`${n.kind}/${String(params.as)}`] ?? t.notice.words[n.kind];
  return pattern ? fill(pattern, params) : `${t.post.kinds[n.kind] ?? label(t.actions, n.kind)} · ${String(params.title ?? "")}`;
}
