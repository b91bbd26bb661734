// What no public page says at first: it comes with the pages that need it.
import { zhDesks } from "./zh-desks";
import { zhNeedNotices, zhNeeds } from "./zh-needs";
import { zhNotices } from "./zh-notices";
import { zhPeople } from "./zh-people";
import { zhScoring } from "./zh-scoring";
import { zhProblems } from "./zh-problems";
import { zhUnits } from "./zh-units";
import { zhWork } from "./zh-work";

/** Tables of their own. */
export const zhRest = { ...zhWork, notice: { ...zhWork.notice, words: { ...zhWork.notice.words, ...zhNeedNotices } }, ...zhDesks, units: zhUnits.words, post: zhNotices.words, needs: zhNeeds.words, people: zhPeople.words, scoring: zhScoring.words };

/** Rows for tables that the public pages have too. */
export const zhRows = {
  actions: { ...zhUnits.actions, ...zhNotices.actions, ...zhNeeds.actions, ...zhPeople.actions, ...zhScoring.actions },
  states: { ...zhUnits.states, ...zhNotices.states, ...zhNeeds.states, ...zhScoring.states },
  problems: zhProblems,
  fields: zhNeeds.fields,
};
