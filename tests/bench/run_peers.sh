#!/usr/bin/env bash
# Runs the workload of other rule engines (a folder with gen.mjs, check.mjs and engines/cpp) on this ruleset, on a plain C++
# loop and on C++ generated from the rules, in turns on one processor, and checks every answer against the workload's own.
# Usage: run_peers.sh FOLDER WORK_FOLDER BENCH_PEERS. The last line gives the ratios.
set -euo pipefail
peers=$(cd "$1" && pwd) work=$2 ours=$3
for tool in node g++ taskset; do
  command -v "$tool" >/dev/null || { echo "bench: peers needs $tool" >&2; exit 1; }
done
echo '#include <nlohmann/json.hpp>' | g++ -fsyntax-only -x c++ - 2>/dev/null ||
  { echo "bench: peers needs nlohmann-json3-dev" >&2; exit 1; }
rounds=3
mkdir -p "$work"
cpp=$peers/engines/cpp
[ -x "$work/naive" ] || g++ -std=c++17 -O2 -o "$work/naive" "$cpp/naive.cpp"
[ -f "$work/spec.o" ] || g++ -std=c++17 -O2 -c -o "$work/spec.o" "$cpp/spec.cpp"
for rules in 1000 10000; do
  pack=$work/pack_${rules}_1000.json
  [ -f "$pack" ] || node "$peers/gen.mjs" --rules "$rules" --candidates 1000 --users 1000 --seed peers-1 --dir "$work" >/dev/null
done
if [ ! -x "$work/spec" ]; then
  node "$cpp/gen_spec.mjs" "$work/pack_1000_1000.json" branchless >"$work/spec.cpp"
  g++ -std=c++17 -O2 -I"$cpp" -o "$work/spec" "$work/spec.cpp" "$work/spec.o"
fi
# run NAME PROGRAM RULES ROUND
run() {
  taskset -c "$(($(nproc) - 1))" "$2" --pack "$work/pack_$3_1000.json" --users "$work/users.json" \
    --out "$work/$1_$3.json" --timing "$work/$1_$3_$4.timing" \
    --reps 7 --rep-seconds 1 --min-users 20 --check-seconds 60 --max-seconds 30 >/dev/null
}
for round in $(seq "$rounds"); do
  for rules in 1000 10000; do
    run naive "$work/naive" "$rules" "$round"
    run ours "$ours" "$rules" "$round"
    [ "$rules" = 10000 ] || run spec "$work/spec" "$rules" "$round"
  done
done
cat >"$work/report.mjs" <<'END'
import fs from 'node:fs';
const [check, work, rounds] = process.argv.slice(2);
const { check: compare } = await import(check);
const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const timing = (name, rules, key = 'median_us') => middle([...Array(+rounds)].map(
  (_, i) => JSON.parse(fs.readFileSync(`${work}/${name}_${rules}_${i + 1}.timing`, 'utf8'))[key]));
let wrong = 0;
for (const rules of [1000, 10000]) {
  const found = compare(`${work}/ours_${rules}.json`, `${work}/expected_${rules}_1000.json`);
  wrong += found.mismatches;
  const columns = [`ours ${timing('ours', rules).toFixed(2)} us`, `cpp-naive ${timing('naive', rules).toFixed(1)} us`];
  if (rules === 1000) columns.push(`cpp-spec-branchless ${timing('spec', rules).toFixed(2)} us`);
  columns.push(`compiled in ${timing('ours', rules, 'compile_ms').toFixed(0)} ms`,
    `ruleset ${(timing('ours', rules, 'ruleset_kb') / 1024).toFixed(0)} MB`,
    `${found.checked} users, ${found.mismatches} wrong`);
  console.log(`${rules} rules x 1000 candidates: ${columns.join(', ')}`);
}
const ratio = (a, b) => (a / b).toFixed(3);
console.log(`peers: 1000 rules ${ratio(timing('ours', 1000), timing('naive', 1000))} of cpp-naive, ` +
  `${ratio(timing('ours', 1000), timing('spec', 1000))} of cpp-spec-branchless; ` +
  `10000 rules ${ratio(timing('ours', 10000), timing('naive', 10000))} of cpp-naive; ` +
  `growth ${ratio(timing('ours', 10000), timing('ours', 1000))}; ${wrong} wrong answers`);
process.exit(wrong > 0 ? 1 : 0);
END
node "$work/report.mjs" "$peers/check.mjs" "$work" "$rounds"
