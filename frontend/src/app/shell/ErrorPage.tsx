import { Link, useRouter } from "@tanstack/react-router";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";

export function NotFoundPage() {
  const t = useText();
  return (
    <div className="empty">
      <h1>{t.errors.notFound}</h1>
      <p>
        <Link to="/">{t.errors.home}</Link>
      </p>
    </div>
  );
}

export function ErrorPage({ error }: { error: unknown }) {
  const t = useText();
  const router = useRouter();
  return (
    <div className="stack">
      <h1>{t.errors.title}</h1>
      <ErrorNote failure={error} />
      <div className="row">
        <Button look="main" onClick={() => void router.invalidate()}>
          {t.errors.retry}
        </Button>
        <Link to="/">{t.errors.home}</Link>
      </div>
    </div>
  );
}
