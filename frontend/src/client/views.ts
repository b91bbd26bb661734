// The names the pages use for the views of the API. When a view is renamed in the
// description, this is the one place to mend.
import type { components } from "./schema";

type S = components["schemas"];

export type About = S["About"];
export type Assignment = S["Assignment"];
export type Bid = S["Bid"];
export type BidCard = S["BidCard"];
export type BidCheck = S["BidCheck"];
export type BidderConditions = S["BidderConditions"];
export type BidContent = S["BidContent"];
export type Capability = S["Capability"];
export type Catalogue = S["Catalogue"];
export type Challenge = S["Challenge"];
export type ChallengeBody = S["ChallengeBody"];
export type ChallengeCard = S["ChallengeCard"];
export type Count = S["Count"];
export type Criterion = S["Criterion"];
export type DemoAccount = S["DemoAccount"];
export type Draw = S["Draw"];
export type Gate = S["Gate"];
export type Indicator = S["Indicator"];
export type Label = S["Label"];
export type Match = S["Match"];
export type Me = S["Me"];
export type MilestonePlan = S["MilestonePlan"];
export type Notice = S["Notice"];
export type Overview = S["Overview"];
export type Place = S["Place"];
export type Publicity = S["Publicity"];
export type Ranking = S["Ranking"];
export type PromiseInput = S["PromiseInput"];
export type Receipt = S["BidReceipt"];
export type Review = S["Review"];
export type ReviewBody = S["ReviewBody"];
export type Session = S["Session"];
export type Sum = S["Sum"];
export type Team = S["Team"];
export type Trail = S["Trail"];
export type UploadedFile = S["File"];
export type WaitingItem = S["WaitingItem"];
