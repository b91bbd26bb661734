import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface Props {
  kind: string;
  id: string;
  /** Some things are shown on the page of their challenge. */
  challenge?: string;
  children: ReactNode;
}

/** The page of a thing, by its kind: what notices and lists of work lead to. */
export function ThingLink({ kind, id, challenge, children }: Props) {
  switch (kind) {
    case "challenge":
      return <Link to="/challenges/$id" params={{ id }}>{children}</Link>;
    case "office":
      return <Link to="/officer/challenges/$id" params={{ id }}>{children}</Link>;
    case "need":
      return <Link to="/needs/$id" params={{ id }}>{children}</Link>;
    case "org":
      return <Link to="/orgs/$id" params={{ id }}>{children}</Link>;
    case "alliance":
      return <Link to="/alliances/$id" params={{ id }}>{children}</Link>;
    case "bid":
      return <Link to="/bids/$id" params={{ id }}>{children}</Link>;
    case "team":
      return <Link to="/teams/$id" params={{ id }}>{children}</Link>;
    case "review":
      return <Link to="/expert/reviews/$id" params={{ id }}>{children}</Link>;
    case "webhook":
      return <Link to="/webhooks">{children}</Link>;
    case "integrity":
      return <Link to="/integrity">{children}</Link>;
    case "assignment":
      return <Link to="/expert">{children}</Link>;
    default:
      return challenge ? <Link to="/challenges/$id" params={{ id: challenge }}>{children}</Link> : <>{children}</>;
  }
}
