import json

import numpy as np
import pytest
from papergraph.errors import ModelError
from papergraph.vectors import VectorIndex
from papergraph.vectors.embedder import unit_rows
from papergraph.vectors.stores import widened

KINDS = ("exact", "fp16", "int8")
COUNT, DIMENSION = 2_000, 32
# At least 19 of 20 right for 8 bits; the other kinds lose nothing that can be seen.
LEAST_RECALL = {"exact": 1.0, "fp16": 0.99, "int8": 0.95}


def brute_force(ids, vectors, query, k):
    """Nearest rows by a full sort: score descending, then id."""
    scores = vectors @ query
    order = np.lexsort((ids, -scores))[:k]
    return ids[order], scores[order]


@pytest.fixture(scope="module")
def rows():
    """Distinct ids out of order, and a unit row for each."""
    random = np.random.default_rng(7)
    ids = random.permutation(10 * COUNT)[:COUNT].astype(np.int64)
    return ids, unit_rows(random.standard_normal((COUNT, DIMENSION)).astype(np.float32))


@pytest.fixture(scope="module")
def queries():
    """Twenty unit rows to search for."""
    random = np.random.default_rng(8)
    return unit_rows(random.standard_normal((20, DIMENSION)).astype(np.float32))


@pytest.fixture(params=KINDS)
def built(request, rows):
    """An index of each kind over the same rows."""
    return VectorIndex.build(*rows, kind=request.param, fingerprint="abc")


def test_search_equals_brute_force_over_the_stored_vectors(built, queries):
    stored = built.vectors_of(built.ids)

    for query in queries:
        ids, scores = built.search(query, 10)
        expected_ids, expected_scores = brute_force(built.ids, stored, query, 10)
        np.testing.assert_allclose(scores, expected_scores, atol=1e-5)
        assert set(expected_ids[:9]) <= set(ids)


def test_search_equals_brute_force_over_the_given_vectors(built, rows, queries):
    found = [set(built.search(query, 10)[0]) for query in queries]
    expected = [set(brute_force(*rows, query, 10)[0]) for query in queries]

    hits = sum(len(one & other) for one, other in zip(found, expected, strict=True))

    assert hits >= LEAST_RECALL[built.kind] * 10 * len(queries)


def test_every_half_is_widened_to_its_value():
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)].reshape(-1, 2)

    np.testing.assert_array_equal(widened(halves), halves.astype(np.float32))


def test_best_come_first(built, queries):
    _, scores = built.search(queries[0], 50)

    assert len(scores) == 50
    assert (np.diff(scores) <= 0).all()


def test_filter_gives_the_allowed_and_only_them(built, rows, queries):
    allowed = np.concatenate([rows[0][:37], [10**9]])
    stored = built.vectors_of(rows[0][:37])

    ids, scores = built.search(queries[0], 10, allowed=allowed)

    expected_ids, expected_scores = brute_force(rows[0][:37], stored, queries[0], 10)
    np.testing.assert_array_equal(ids, expected_ids)
    np.testing.assert_allclose(scores, expected_scores, atol=1e-5)
    assert set(built.search(queries[0], 99, allowed=allowed)[0]) == set(rows[0][:37])


def test_filter_that_allows_nothing_finds_nothing(built, queries):
    ids, scores = built.search(queries[0], 5, allowed=np.array([], dtype=np.int64))

    assert len(ids) == len(scores) == 0


@pytest.mark.parametrize(("k", "found"), [(0, 0), (-1, 0), (10 * COUNT, COUNT)])
def test_k_is_bounded_by_what_is_there(built, queries, k, found):
    assert len(built.search(queries[0], k)[0]) == found


def test_removed_ids_are_not_found_again(built, rows, queries):
    gone = built.search(queries[0], 5)[0]

    removed = built.remove(np.concatenate([gone, [10**9]]))

    assert removed == 5
    assert len(built) == COUNT - 5
    assert not set(gone) & set(built.search(queries[0], COUNT)[0])
    kept = built.ids[:3]
    given = rows[1][[list(rows[0]).index(one) for one in kept]]
    np.testing.assert_allclose(built.vectors_of(kept), given, atol=0.01)


def test_added_vectors_are_found(built, queries):
    built.add(np.array([10**6]), queries[:1])

    assert built.search(queries[0], 1)[0].tolist() == [10**6]
    assert len(built) == COUNT + 1


def test_adding_a_known_id_replaces_its_vector(built, rows, queries):
    built.add(rows[0][:1], queries[:1])

    assert len(built) == COUNT
    assert built.search(queries[0], 1)[0].tolist() == [rows[0][0]]


def test_saved_index_answers_the_same(built, queries, tmp_path):
    built.save(tmp_path / "index")

    opened = VectorIndex.open(tmp_path / "index")

    assert (opened.kind, opened.fingerprint, len(opened)) == (built.kind, "abc", COUNT)
    for one, other in zip(opened.search(queries[0], 9), built.search(queries[0], 9), strict=True):
        np.testing.assert_array_equal(one, other)


def test_opened_index_can_be_changed_and_saved_again(built, rows, queries, tmp_path):
    built.save(tmp_path)
    opened = VectorIndex.open(tmp_path)

    opened.add(np.array([10**6]), queries[:1])
    opened.remove(rows[0][:10])
    opened.save(tmp_path)

    again = VectorIndex.open(tmp_path)
    assert len(again) == COUNT - 9
    assert again.search(queries[0], 1)[0].tolist() == [10**6]
    assert len(list(tmp_path.iterdir())) == 2


def test_reader_keeps_the_old_index_while_a_new_one_is_saved(built, rows, queries, tmp_path):
    built.save(tmp_path)
    reader = VectorIndex.open(tmp_path)
    before = reader.search(queries[0], 5)[0]

    VectorIndex.build(rows[0][:5], rows[1][:5]).save(tmp_path)

    np.testing.assert_array_equal(reader.search(queries[0], 5)[0], before)
    assert len(VectorIndex.open(tmp_path)) == 5


def test_ties_are_broken_by_id():
    same = np.ones((6, 4), dtype=np.float32) / 2
    built = VectorIndex.build(np.array([9, 4, 7, 1, 8, 2]), same)

    assert built.search(same[0], 3)[0].tolist() == [1, 2, 4]


def test_zero_rows_and_zero_queries_score_zero():
    vectors = np.eye(3, dtype=np.float32) * [[1], [0], [1]]
    built = VectorIndex.build(np.arange(3), vectors)

    ids, scores = built.search(np.zeros(3, dtype=np.float32), 3)

    assert ids.tolist() == [0, 1, 2]
    assert scores.tolist() == [0, 0, 0]


def test_empty_index_is_saved_grows_and_answers(tmp_path):
    empty = VectorIndex.build(np.array([], dtype=np.int64), np.zeros((0, 4), dtype=np.float32))
    empty.save(tmp_path)
    opened = VectorIndex.open(tmp_path)

    assert len(opened.search(np.ones(4, dtype=np.float32), 3)[0]) == 0
    opened.add(np.array([5]), np.ones((1, 4), dtype=np.float32))

    assert opened.search(np.ones(4, dtype=np.float32), 3)[0].tolist() == [5]


@pytest.mark.parametrize(("limit", "kind"), [(5_000, "fp16"), (100_000, "int8")])
def test_index_that_outgrows_its_kind_is_rebuilt(limit, kind):
    ids = np.arange(limit, dtype=np.int64)
    vectors = unit_rows(np.random.default_rng(9).standard_normal((limit, 4)).astype(np.float32))
    grown = VectorIndex.build(ids[:-1], vectors[:-1])
    before = grown.kind

    grown.add(ids[-1:], vectors[-1:])

    assert (before == kind, grown.kind, len(grown)) == (False, kind, limit)
    np.testing.assert_allclose(grown.vectors_of(ids[-500:]), vectors[-500:], atol=0.01)


@pytest.mark.parametrize(
    ("ids", "vectors"),
    [
        ([1, 1], np.eye(2)),
        ([-1, 2], np.eye(2)),
        ([1, 2, 3], np.eye(2)),
        ([1], np.ones(2)),
        ([1, 2], np.array([[1, 0], [np.nan, 1]])),
    ],
)
def test_vectors_that_cannot_be_indexed_are_a_model_error(ids, vectors):
    with pytest.raises(ModelError):
        VectorIndex.build(np.array(ids), vectors.astype(np.float32))


def test_vectors_of_another_model_are_a_model_error(built, queries):
    with pytest.raises(ModelError, match="index of 32"):
        built.search(np.ones(5, dtype=np.float32), 3)
    with pytest.raises(ModelError, match="index of 32"):
        built.add(np.array([1]), queries[:1, :5])


def test_vector_of_an_unknown_id_is_a_model_error(built):
    with pytest.raises(ModelError, match="no vector for the ids \\[1000000\\]"):
        built.vectors_of(np.array([10**6]))


def test_missing_index_is_a_model_error(tmp_path):
    with pytest.raises(ModelError, match="build it again"):
        VectorIndex.open(tmp_path / "nowhere")


def test_cut_index_is_a_model_error(built, tmp_path):
    built.save(tmp_path)
    file = next(tmp_path.glob("vectors-*"))
    file.write_bytes(file.read_bytes()[:-100])

    with pytest.raises(ModelError, match="build it again"):
        VectorIndex.open(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "hnsw"), ("format", 2), ("count", 1), ("dimension", 8), ("file", "../other")],
)
def test_header_that_does_not_fit_is_a_model_error(built, tmp_path, key, value):
    built.save(tmp_path)
    header = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    changed = json.dumps(header | {key: value})
    (tmp_path / "index.json").write_text(changed, encoding="utf-8")

    with pytest.raises(ModelError, match="build it again"):
        VectorIndex.open(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null"])
def test_damaged_header_is_a_model_error(tmp_path, text):
    (tmp_path / "index.json").write_text(text, encoding="utf-8")

    with pytest.raises(ModelError, match="build it again"):
        VectorIndex.open(tmp_path)
