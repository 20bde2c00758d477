// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <array>

#include "core/base/fields.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using nlohmann::json;

namespace {

enum class Colour { Red, Green, Blue };
constexpr std::array kColours{"red", "green", "blue"};

struct Point {
    std::string name;
    double x = 0;
    float y = 0;
    bool operator==(const Point&) const = default;
};

void bindPoint(FieldSet& fields, Point& point) {
    fields.text("name", point.name).omitEmpty();
    fields.number("x", point.x, {-1, 4096}).required();
    fields.number("y", point.y);
}

/// As text, backwards.
struct Backwards {
    FieldCheck read(const json& value, std::string& text) const {
        if (!value.is_string()) return FieldFault{{}, "must be a text"};
        text = value.get<std::string>();
        std::ranges::reverse(text);
        return {};
    }
    json write(const std::string& text) const {
        return text.empty() ? json() : json(std::string(text.rbegin(), text.rend()));
    }
};

struct Everything {
    double share = 0.5;
    int count = -3;
    std::uint64_t seed = 1;
    bool isOpen = true;
    std::string text = "a", word = "adam", mirrored = "abc";
    std::filesystem::path file = "/tmp/x";
    Colour colour = Colour::Green;
    std::optional<Point> point;
    std::optional<Colour> second;
    std::vector<double> numbers{1, 2.5};
    std::vector<Point> points;
    std::vector<std::string> words{"a"};
    std::vector<std::vector<int>> table;
    std::array<float, 3> corner{1, 2, 3};
    bool operator==(const Everything&) const = default;
};

void bindEverything(FieldSet& fields, Everything& all) {
    fields.number("share", all.share, {0, 1});
    fields.integer("count", all.count, {-10, 10});
    fields.integer("seed", all.seed);
    fields.flag("isOpen", all.isOpen);
    fields.text("text", all.text).formerly("label");
    fields.choice("word", all.word, {"adam", "sgd"});
    fields.value("mirrored", all.mirrored, Backwards());
    fields.path("file", all.file);
    fields.choice("colour", all.colour, FieldNames(kColours).formerly("leaf", Colour::Green));
    fields.optional("point", all.point, bindPoint);
    fields.optional("second", all.second, FieldNames(kColours));
    fields.list("numbers", all.numbers, FieldRange{0, 100}, 3);
    fields.list("points", all.points, bindPoint).omitEmpty();
    fields.list("words", all.words, FieldPlain()).filled();
    fields.list("table", all.table, FieldList<FieldRange>{{0, 9}, 2});
    fields.list("corner", all.corner, FieldRange{0, 9}).when([&all] { return all.isOpen; });
}

Everything everythingSet() {
    Everything all;
    all.share = 0.25;
    all.count = 7;
    all.seed = 18446744073709551615u;
    all.text = "b";
    all.word = "sgd";
    all.mirrored = "xyz";
    all.file = "/tmp/y";
    all.colour = Colour::Blue;
    all.point = {"tip", 12, 0.1f};
    all.second = Colour::Red;
    all.numbers = {3};
    all.points = {{"", 1, 2}, {"heel", 3, 4}};
    all.words = {"b", "c"};
    all.table = {{1, 2}, {}, {3}};
    all.corner = {4, 5, 6};
    return all;
}

}  // namespace

class TestFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindComesBackAsItWas() {
        const json written = json::parse(compactText(writeFields(everythingSet(), bindEverything)));
        Everything read;
        QVERIFY(!readFields(written, read, bindEverything));
        QVERIFY(read == everythingSet());
        QCOMPARE(compactText(writeFields(read, bindEverything)), compactText(written));
    }

    void namesOfFilesAreBytes() {
        Everything all = everythingSet();
        all.file = "/tmp/St\xfchle 100%/a.obj";
        all.text = "\xff";
        all.words = {"L\xe4uft", "plain", "100%"};
        const json written = writeFields(all, bindEverything);
        QVERIFY(written["words"][1] == "plain");  // text is text, as ever
        QVERIFY(written["words"][2] == "100%");
        Everything read;
        QVERIFY(!readFields(json::parse(written.dump()), read, bindEverything));
        QVERIFY(read == all);
        json wrong = written;
        wrong["file"]["more"] = 1;
        QCOMPARE(readFields(wrong, read, bindEverything)->name, std::string("file"));
    }

    void whatIsEmptyCanBeLeftOut() {
        Everything all;
        all.mirrored.clear();
        const json written = writeFields(all, bindEverything);
        QVERIFY(!written.contains("points") && !written.contains("point") && !written.contains("second") &&
                !written.contains("mirrored"));
        QVERIFY(written.contains("table"));
        QVERIFY(!writeFields(everythingSet(), bindEverything)["points"][0].contains("name"));
    }

    void whatIsMissingStaysAsItIs() {
        Everything all = everythingSet();
        QVERIFY(!readFields(json::object(), all, bindEverything));
        QVERIFY(all == everythingSet());
    }

    void aFieldThatDoesNotApplyIsPassedOver() {
        Everything all = everythingSet();
        all.isOpen = false;
        QVERIFY(!writeFields(all, bindEverything).contains("corner"));
        QVERIFY(!readFields({{"isOpen", false}, {"corner", "none"}}, all, bindEverything));
        QVERIFY(all.corner == everythingSet().corner);
        QCOMPARE(readFields({{"isOpen", true}, {"corner", "none"}}, all, bindEverything)->name,
                 std::string("corner"));
    }

    void oldSpellingsAreReadAndNewOnesWritten() {
        Everything all;
        QVERIFY(!readFields({{"label", "old"}, {"colour", "leaf"}}, all, bindEverything));
        QCOMPARE(all.text, std::string("old"));
        QCOMPARE(all.colour, Colour::Green);
        const json written = writeFields(all, bindEverything);
        QVERIFY(written["text"] == "old");
        QVERIFY(!written.contains("label"));
        QVERIFY(written["colour"] == "green");
        QVERIFY(!readFields({{"label", "old"}, {"text", "new"}}, all, bindEverything));
        QCOMPARE(all.text, std::string("new"));
    }

    void aWholeNumberMayBeWrittenAsAFraction() {
        Everything all;
        QVERIFY(!readFields({{"count", 4.0}}, all, bindEverything));
        QCOMPARE(all.count, 4);
    }

    void theFaultyFieldIsNamed_data() {
        QTest::addColumn<QByteArray>("object");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("what");
        const auto row = [](const char* title, const char* object, const char* name, const char* what) {
            QTest::newRow(title) << QByteArray(object) << QByteArray(name) << QByteArray(what);
        };
        row("no object", "[]", "", "must be an object");
        row("a text for a number", R"({"share": "half"})", "share", "must be a number");
        row("a number that is too large",
            R"({"share": 1.5})",
            "share",
            "is 1.5, but must lie between 0 and 1");
        row("a fraction for a count", R"({"count": 1.5})", "count", "must be a whole number");
        row("a count beyond its range",
            R"({"count": 11})",
            "count",
            "is 11, but must lie between -10 and 10");
        row("a count beyond its type", R"({"count": 1e300})", "count", "must be a whole number");
        row("a seed below 0", R"({"seed": -1})", "seed", "must be a whole number of at least 0");
        row("a number for a flag", R"({"isOpen": 1})", "isOpen", "must be true or false");
        row("a number for a text", R"({"text": 1})", "text", "must be a text");
        row("null for a text", R"({"text": null})", "text", "must be a text");
        row("a list for a path", R"({"file": []})", "file", "must be a path");
        row("an unknown text", R"({"word": "magic"})", "word", "must be one of adam, sgd");
        row("an unknown value", R"({"colour": "pink"})", "colour", "must be one of red, green, blue");
        row("a number for a value", R"({"colour": 1})", "colour", "must be one of red, green, blue");
        row("an unknown optional value",
            R"({"second": "pink"})",
            "second",
            "must be one of red, green, blue");
        row("a fault of a rule of its own", R"({"mirrored": 3})", "mirrored", "must be a text");
        row("no object inside", R"({"point": 3})", "point", "must be an object");
        row("a required field missing inside", R"({"point": {}})", "point.x", "is missing");
        row("no list", R"({"numbers": 3})", "numbers", "must be a list");
        row("a long list", R"({"numbers": [1, 2, 3, 4]})", "numbers", "must not hold more than 3 elements");
        row("an empty list", R"({"words": []})", "words", "must not be empty");
        row("an element", R"({"numbers": [1, -2]})", "numbers[1]", "is -2, but must lie between 0 and 100");
        row("a field of an element",
            R"({"points": [{"x": 1}, {"x": 1, "y": "up"}]})",
            "points[1].y",
            "must be a number");
        row("a list in a list",
            R"({"table": [[], [1, 10]]})",
            "table[1][1]",
            "is 10, but must lie between 0 and 9");
        row("more than an array takes",
            R"({"corner": [1, 2, 3, 4]})",
            "corner",
            "must not hold more than 3 elements");
    }
    void theFaultyFieldIsNamed() {
        QFETCH(QByteArray, object);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, what);
        Everything all;
        const FieldCheck fault = readFields(json::parse(object.toStdString()), all, bindEverything);
        QVERIFY(fault.has_value());
        QCOMPARE(QByteArray::fromStdString(fault->name), name);
        QCOMPARE(QByteArray::fromStdString(fault->what), what);
    }

    void unknownKeysArePassedOverUnlessStrict() {
        Everything all;
        FieldSet fields;
        bindEverything(fields, all);
        QVERIFY(!fields.read({{"shrae", 0.1}}));
        QCOMPARE(fields.read({{"shrae", 0.1}}, FieldReading::Strict)->name, std::string("shrae"));
        const json inside = json::parse(R"({"points": [{"x": 1, "z": 2}]})");
        QVERIFY(!fields.read(inside));
        QCOMPARE(fields.read(inside, FieldReading::Strict)->name, std::string("points[0].z"));
        QVERIFY(!fields.read({{"label", "old"}}, FieldReading::Strict));
    }

    void aStrictReadingChecksWhatStays() {
        Everything all;
        all.share = 2;
        FieldSet fields;
        bindEverything(fields, all);
        QVERIFY(!fields.read(json::object()));
        QCOMPARE(fields.read(json::object(), FieldReading::Strict)->name, std::string("share"));
        all.share = 1;
        QVERIFY(!fields.read(json::object(), FieldReading::Strict));
    }

    void fieldsAreDescribed() {
        double rate = 0.1;
        std::int64_t steps = 3;
        Colour colour = Colour::Red;
        int hidden = 0;
        FieldSet fields;
        fields.number(rate, {.key = "rate", .label = "Rate", .minimum = 0, .maximum = 1});
        fields.integer(steps, {.key = "steps", .label = "Steps", .minimum = 1, .maximum = 9});
        fields.choice(colour, {.key = "colour", .label = "Colour", .choices = {"red", "green", "blue"}});
        fields.integer("hidden", hidden);
        const std::vector<ConfigField> described = fields.describe();
        QCOMPARE(described.size(), std::size_t(3));
        QCOMPARE(described[1].kind, FieldKind::Integer);
        QCOMPARE(described[2].kind, FieldKind::Choice);
        QVERIFY(!fields.read({{"colour", "blue"}, {"hidden", 5}}));
        QCOMPARE(colour, Colour::Blue);
        QCOMPARE(fields.read({{"rate", 2}})->name, std::string("rate"));
    }

    void listsInsideOneAnotherAreBounded() {
        const auto nested = [](std::size_t depth) {
            return R"({"a":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
        };
        QVERIFY(jsonOfText(nested(60)).is_object());
        QVERIFY(jsonOfText(nested(100'000)).is_discarded());
        QVERIFY(jsonOfText(R"({"a":)").is_discarded());
        QVERIFY(jsonOfText("{} // why").is_discarded());
        QVERIFY(jsonOfText("{} // why", /*ignoreComments=*/true).is_object());
    }
};

VITRINE_TEST(TestFields)
#include "tst_fields.moc"
