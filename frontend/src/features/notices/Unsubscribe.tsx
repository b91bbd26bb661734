import { useAct } from "../../client/act";
import { api, body, client } from "../../client/setup";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loading } from "../../ui/Loading";

/** What the link of a letter ends, and the button that does. A look ends nothing: programs that
 *  check links look, too. */
export function Unsubscribe({ token }: { token: string }) {
  const w = useText().post;
  const query = api.useQuery("get", "/api/v1/unsubscribe/{token}", { params: { path: { token } } }, { retry: false });
  const end = useAct(async () => body(await client.POST("/api/v1/unsubscribe/{token}", { params: { path: { token } } })));
  if (query.isPending) return <Loading />;
  if (!query.data) return <p className="note bad">{w.unsubscribeBad}</p>;
  const { from, mail } = query.data;
  const what = from === "all" ? w.unsubscribeAll : from === "digest" ? w.unsubscribeDigest : label(w.kinds, from);
  if (mail === "off")
    return (
      <p className="note good" role="status">
        {w.unsubscribed}
      </p>
    );
  return (
    <div className="card stack">
      <p>{w.unsubscribeWhat(what)}</p>
      <ErrorNote failure={end.problem} />
      <div>
        <Button look="main" busy={end.pending} onClick={() => void end.run()}>
          {w.unsubscribeDo}
        </Button>
      </div>
    </div>
  );
}
