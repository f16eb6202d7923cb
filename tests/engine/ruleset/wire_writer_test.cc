// What is written field by field reads back as the message that it stands for.
#include "engine/ruleset/wire_writer.h"

#include <cmath>
#include <limits>
#include <string>

#include "gtest/gtest.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {
namespace {

TEST(WireWriter, WritesWhatProtobufWrites) {
  for (const int size : {0, 1, 100, 127, 128, 129, 16383, 16384, 70000}) {
    v1::Suggestion want;
    want.set_candidate(std::string(static_cast<size_t>(size), 'x'));
    want.set_score_milli(-size);
    v1::Contribution& contribution = *want.add_contributions();
    contribution.set_rule(want.candidate());
    contribution.set_milli(std::numeric_limits<int32_t>::min());
    want.set_diet_index_change(-0.0);
    v1::MyokineResponse& response = *want.add_responses();
    response.mutable_fold_change()->set_expected(1.5f);
    response.set_peak_minutes(-0.0);

    WireWriter out;
    out.Text(v1::Suggestion::kCandidateFieldNumber, want.candidate());
    out.Int(v1::Suggestion::kScoreMilliFieldNumber, -size);
    out.Message(v1::Suggestion::kContributionsFieldNumber, [&] {
      out.Text(v1::Contribution::kRuleFieldNumber, want.candidate());
      out.Int(v1::Contribution::kMilliFieldNumber, std::numeric_limits<int32_t>::min());
    });
    out.Message(v1::Suggestion::kResponsesFieldNumber, [&] {
      out.Message(v1::MyokineResponse::kFoldChangeFieldNumber, [&] {
        out.Float(v1::Interval::kExpectedFieldNumber, 1.5f);
        out.Float(v1::Interval::kLowFieldNumber, 0);
      });
      out.Double(v1::MyokineResponse::kPeakMinutesFieldNumber, -0.0);
      out.Double(v1::MyokineResponse::kReturnMinutesFieldNumber, 0);
    });
    out.AlwaysDouble(v1::Suggestion::kDietIndexChangeFieldNumber, -0.0);
    EXPECT_EQ(std::string(out.bytes()), want.SerializeAsString()) << size;
  }
}

TEST(WireWriter, WhatIsZeroOrEmptyIsLeftOutUnlessAsked) {
  WireWriter out;
  out.Text(1, "");
  out.Int(2, 0);
  out.Double(3, 0);
  out.Float(4, 0);
  EXPECT_EQ(out.bytes(), "");
  out.Bytes(1, "");
  out.AlwaysInt(2, 0);
  EXPECT_EQ(out.bytes().size(), 4u);
  out.Message(3, [] {});
  EXPECT_EQ(out.bytes().size(), 6u);
  out.Clear();
  EXPECT_EQ(out.bytes(), "");
}

}  // namespace
}  // namespace myokine
