"""Classes of words, learned from the corpus: by ending, by company kept, by topic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, diags, hstack
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd
from tools.train.corpus import Corpus
from tools.train.trigrams import Arrays

from despin.context import OWN_CLASS, TOPICS

Bytes = NDArray[np.uint8]

_ENDINGS = ("ing", "ed", "ly", "ion", "ment", "ness", "ity", "al", "ive", "ous", "er", "s")
_CLUSTERS = 64
#: Neighbours that a word's company is counted over: the commonest words.
_COMPANY = 4000
_DIMENSIONS = 100
#: A topic's words stand in at least so many articles, and in at most this share of them.
_FEWEST, _MOST = 20, 0.15
_SEED = 1
#: Units of topicality per nat.
_TOPICALITY = 30


def train(corpus: Corpus) -> Arrays:
    """Return the class tables, one byte a word id each."""
    topic, topicality = topics(corpus)
    return {
        "word.ending": ("B", endings(corpus.names).tobytes()),
        "word.cluster": ("B", clusters(corpus).tobytes()),
        "word.topic": ("B", topic.tobytes()),
        "word.topicality": ("B", topicality.tobytes()),
    }


def endings(names: list[str]) -> Bytes:
    """Return each word's class by its ending; the commonest words are a class each."""
    number, other = OWN_CLASS + 1, OWN_CLASS + 2
    classes = [other]
    for ident, name in enumerate(names, 1):
        if ident <= OWN_CLASS:
            classes.append(ident)
        elif name[0].isdigit() or name[0] == "<":
            classes.append(number)
        else:
            found = (at for at, ending in enumerate(_ENDINGS, other + 1) if name.endswith(ending))
            classes.append(next(found, other))
    return np.array(classes, np.uint8)


def clusters(corpus: Corpus) -> Bytes:
    """Return each word's class by its neighbours: k-means over the factors of their mutual information."""
    left, right, size = corpus.ids[:-1], corpus.ids[1:], corpus.size
    inside = (corpus.articles[:-1] == corpus.articles[1:]) & (left > 0) & (right > 0)
    left, right = left[inside], right[inside]
    company = hstack([_counts(left, right, size), _counts(right, left, size)]).tocoo()
    rows = np.asarray(company.sum(1)).ravel() + 1
    columns = np.asarray(company.sum(0)).ravel() + 1
    information = np.log(company.data * company.data.sum() / (rows[company.row] * columns[company.col]))
    matrix = csr_matrix((np.maximum(information, 0), (company.row, company.col)), shape=company.shape)
    factors, values, _ = randomized_svd(matrix, _DIMENSIONS, random_state=_SEED)
    vectors = _unit(factors * np.sqrt(values))
    frequency = np.bincount(corpus.ids, minlength=size)
    model = MiniBatchKMeans(_CLUSTERS, random_state=_SEED, batch_size=4096, n_init=3, max_iter=60)
    return np.asarray(model.fit(vectors, sample_weight=np.sqrt(frequency + 1)).labels_, np.uint8)


def _counts(words: NDArray[np.int64], neighbours: NDArray[np.int64], size: int) -> csr_matrix:
    common = neighbours <= _COMPANY
    ones = np.ones(int(common.sum()), np.float32)
    return coo_matrix((ones, (words[common], neighbours[common])), shape=(size, _COMPANY + 1)).tocsr()


def topics(corpus: Corpus) -> tuple[Bytes, Bytes]:
    """Return the topic that each word speaks for, and how strongly.

    Articles are clustered by their words; a word speaks for the topic where it is most over
    its share.
    """
    _, article = np.unique(corpus.articles, return_inverse=True)
    number = int(article.max()) + 1
    ones = np.ones(len(article), np.float32)
    table = coo_matrix((ones, (article, corpus.ids)), shape=(number, corpus.size)).tocsr()
    table.sum_duplicates()
    spread = np.asarray((table > 0).sum(0)).ravel()
    telling = np.flatnonzero((spread >= _FEWEST) & (spread < _MOST * number))
    telling = telling[telling > OWN_CLASS]
    weights = table[:, telling].astype(np.float32)
    weights.data = 1 + np.log(weights.data)
    weights = weights.multiply(np.log(number / spread[telling])).tocsr()
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(1)).ravel()) + 1e-9
    factors, values, _ = randomized_svd(diags(1 / lengths) @ weights, _DIMENSIONS, random_state=_SEED)
    labels = KMeans(TOPICS, random_state=_SEED, n_init=2).fit(_unit(factors * values)).labels_
    present = (table[:, telling] > 0).astype(np.float32)
    inside = np.stack([np.asarray(present[labels == topic].sum(0)).ravel() for topic in range(TOPICS)])
    share = (inside + 0.5) / (np.bincount(labels, minlength=TOPICS)[:, None] + 1)
    over = np.log(share / ((spread[telling] + 0.5) / (number + 1)))
    topic, topicality = np.zeros(corpus.size, np.uint8), np.zeros(corpus.size, np.uint8)
    topic[telling] = over.argmax(0)
    topicality[telling] = np.clip(np.round(over.max(0) * _TOPICALITY), 0, 255)
    return topic, topicality


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / (lengths + 1e-9))
