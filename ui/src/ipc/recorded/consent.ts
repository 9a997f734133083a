/** The questions that the recorded consent window asks. */
import type { ConsentQuestion } from "../types";

/** A script of a terminal wants a token. */
export function demoQuestion(): ConsentQuestion {
  return {
    program: {
      name: "python3",
      path: "/usr/bin/python3.12",
      script: "/home/maya/northwind/deploy.py",
      pid: 48_213,
    },
    parents: [
      { name: "zsh", path: "/usr/bin/zsh", script: null, pid: 48_102 },
      { name: "foot", path: "/usr/bin/foot", script: null, pid: 4_100 },
      { name: "gnome-shell", path: "/usr/bin/gnome-shell", script: null, pid: 1_877 },
    ],
    action: "take_token",
    targets: ["deepvue/main/token"],
    reach: "terminal",
    seconds: 60,
  };
}

/** A program that nothing is known of wants two long-lived values. */
export function unknownQuestion(): ConsentQuestion {
  return {
    program: { name: "keyturn", path: null, script: null, pid: 50_001 },
    parents: [],
    action: "take_secret",
    targets: ["deepcurrent/caught/api_key", "deepvue/main/client_secret"],
    reach: "program",
    seconds: 60,
  };
}
