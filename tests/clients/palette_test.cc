#include "clients/cli/palette.h"

#include "gtest/gtest.h"

namespace myokine::cli {
namespace {

TEST(WantsColour, OnATerminalAlone) {
  EXPECT_TRUE(WantsColour(ColourMode::kAuto, true, nullptr, "xterm"));
  EXPECT_TRUE(WantsColour(ColourMode::kAuto, true, nullptr, nullptr));
  EXPECT_FALSE(WantsColour(ColourMode::kAuto, false, nullptr, "xterm"));
}

TEST(WantsColour, NotAgainstTheEnvironment) {
  EXPECT_FALSE(WantsColour(ColourMode::kAuto, true, "1", "xterm"));
  EXPECT_TRUE(WantsColour(ColourMode::kAuto, true, "", "xterm"));
  EXPECT_FALSE(WantsColour(ColourMode::kAuto, true, nullptr, "dumb"));
}

TEST(WantsColour, FlagGoesFirst) {
  EXPECT_TRUE(WantsColour(ColourMode::kAlways, false, "1", "dumb"));
  EXPECT_FALSE(WantsColour(ColourMode::kNever, true, nullptr, "xterm"));
}

TEST(Palette, PaintsAndPutsBack) {
  EXPECT_EQ(Palette(true).Paint(Tone::kBad, "x"), "\x1b[1;31mx\x1b[0m");
  EXPECT_EQ(Palette(true).Paint(Tone::kPlain, "x"), "x");
  EXPECT_EQ(Palette(true).Paint(Tone::kBad, ""), "");
  EXPECT_EQ(Palette(false).Paint(Tone::kBad, "x"), "x");
}

}  // namespace
}  // namespace myokine::cli
