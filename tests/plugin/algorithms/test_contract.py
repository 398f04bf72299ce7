"""Ids, parameter names, outputs and help: what scripts and models depend on."""

from __future__ import annotations

import html

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from cropsample_plugin.about import installation_path
from cropsample_plugin.algorithms.provider import ALGORITHMS

# id -> (group, parameters, numeric outputs); names are never changed after release.
CONTRACT = {
    "buildtimeseries": (
        "timeseries",
        "INPUT FOLDER DATE_PATTERN BANDS START_DATE PERIOD_DAYS SCALE OFFSET NODATA GRID_RULE RESAMPLING OUTPUT",
        "N_DATES N_BANDS",
    ),
    "stactimeseries": (
        "timeseries",
        (
            "CATALOGUE COLLECTION AREA START_DATE END_DATE BANDS MASK_BAND MAX_CLOUD DOWNLOAD RESOLUTION CRS "
            "RESAMPLING MOSAIC DAY AUTHENTICATION HEADERS RETRIES TIMEOUT LARGEST_DOWNLOAD RESUME OUTPUT ITEMS"
        ),
        "N_DATES N_ITEMS N_DROPPED",
    ),
    "extracttimeseries": (
        "timeseries",
        "INPUT STACK PIXELS_PER_POLYGON INNER_BUFFER START_FIELD END_FIELD SEED OUTPUT DROPPED",
        "N_SAMPLES N_DROPPED N_ROWS",
    ),
    "objectstratification": (
        "sampling",
        (
            "STACK PARCELS OBJECT_SIZE MIN_OBJECT_SIZE COMPACTNESS MAX_MISSING_SHARE SCHEDULER N_STRATA CRITERION SEED "
            "OBJECTS STRATA"
        ),
        "N_OBJECTS N_STRATA",
    ),
    "representativesamples": (
        "sampling",
        (
            "OBJECTS STRATUM_FIELD N_SAMPLES ALLOCATION OPTIMISE N_CANDIDATE_SETS CRI_VERSION SEED EXISTING NO_GO "
            "ROADS COST COST_WEIGHT MIN_DISTANCE OUTPUT GPX REPORT"
        ),
        "CRI CRI_STR CRI_RIC CRI_DIST CRI_COV CRI_TYP CRI_SPA CRI_RANDOM CRI_STRATIFIED",
    ),
    "evaluaterepresentativeness": (
        "sampling",
        "SAMPLES OBJECTS STRATUM_FIELD N_ADDITIONAL CRI_VERSION SEED UNDERREPRESENTED ADDITIONAL REPORT",
        "CRI CRI_STR CRI_RIC CRI_DIST CRI_COV CRI_TYP CRI_SPA N_UNDERREPRESENTED CRI_WITH_ADDITIONAL",
    ),
    "departuresamples": (
        "sampling",
        "OBJECTS START_POINT RADII N_SAMPLES STRATUM_FIELD CRI_VERSION SEED OUTPUT REPORT",
        "CRI_EVERYWHERE",
    ),
    "samplesize": (
        "sampling",
        (
            "CLASS_MAP ZERO UNCLASSIFIED_VALUES UNCLASSIFIED NODATA_VALUE EXPECTED_ACCURACIES DEFAULT_ACCURACY "
            "STANDARD_ERROR HALF_WIDTH MINIMUM_PER_CLASS OBJECTS SEED TABLE REPORT"
        ),
        "N_SAMPLES N_OLOFSSON N_COCHRAN N_CRI_KNEE N_CRI_LEVELED",
    ),
    "probabilitysamples": (
        "sampling",
        (
            "CLASS_MAP ZERO UNCLASSIFIED_VALUES UNCLASSIFIED NODATA_VALUE AREA CELL_SIZE DESIGN ALLOCATION N_SAMPLES "
            "MINIMUM_PER_STRATUM EXPECTED_ACCURACIES CLUSTER_SIZE SAMPLES_PER_CLUSTER MIN_DISTANCE SEED OUTPUT"
        ),
        "N_PIXELS",
    ),
    "plansamples": (
        "sampling",
        (
            "STACK PARCELS OBJECT_SIZE N_STRATA N_SAMPLES EXISTING NO_GO ROADS MIN_DISTANCE SEED "
            "objectstratification:Objects objectstratification:Strata representativesamples:Report "
            "representativesamples:Samples representativesamples:Waypoints"
        ),
        "",
    ),
    "judgeandtrain": (
        "labelquality",
        (
            "SAMPLES CLASS_FIELD DATE_FIELD METHOD START_FIELD END_FIELD STACK GROUP_FIELD MODEL VALIDATION SEED "
            "samplequality:DROPPED samplequality:LEDGER samplequality:OUTPUT samplequality:QUALITY_FACTS "
            "samplequality:REPORT trainclassifier:MODEL_PACKAGE trainclassifier:REPORT"
        ),
        "",
    ),
    "mergeandjudge": (
        "labelquality",
        (
            "SAMPLES MORE_SETS SAMPLE_ID_FIELD CLASS_FIELD LABELER_FIELD LABEL_FIELDS MERGE_METHOD TIES ARBITER "
            "CLASS_FIELDS_OF_SETS STACK METHOD SEED labelconsensus:DROPPED labelconsensus:LABELERS "
            "labelconsensus:OUTPUT labelconsensus:PAIRS labelconsensus:REPORT samplequality:DROPPED "
            "samplequality:LEDGER samplequality:OUTPUT samplequality:QUALITY_FACTS samplequality:REPORT"
        ),
        "",
    ),
    "judgeandmap": (
        "labelquality",
        (
            "STACK SAMPLES CLASS_FIELD DATE_FIELD METHOD PIXELS_PER_POLYGON GROUP_FIELD MODEL VALIDATION SEED AREA "
            "predictmap:CLASSES predictmap:PROBABILITIES predictmap:UNCERTAINTY samplequality:DROPPED "
            "samplequality:LEDGER samplequality:OUTPUT samplequality:QUALITY_FACTS samplequality:REPORT "
            "trainclassifier:MODEL_PACKAGE trainclassifier:REPORT"
        ),
        "",
    ),
    "compositetimeseries": (
        "timeseries",
        (
            "STACK INPUT METHOD START_DATE PERIOD_DAYS N_PERIODS CLOUD_MASK MASK_BAND MASK_KIND MASK_RULE "
            "MAX_PROBABILITY SENSOR BAND_ROLES RESUME SCHEDULER OUTPUT OUTPUT_SERIES OBSERVATIONS"
        ),
        "GAP_SHARE",
    ),
    "preprocesstimeseries": (
        "timeseries",
        (
            "STACK INPUT METHOD PERIOD_DAYS START_DATE END_DATE CLOUD_MASK MASK_BAND MASK_KIND MASK_RULE "
            "MAX_PROBABILITY SMOOTHNESS WINDOW_STEPS DEGREE N_HARMONICS EXTRAPOLATE PEAK_BAND PEAK_DATE "
            "MAX_SHIFT_DAYS ENCODING RESUME SCHEDULER OUTPUT OUTPUT_SERIES"
        ),
        "N_DATES GAP_SHARE",
    ),
    "spectralindices": (
        "timeseries",
        (
            "STACK INPUT INDICES KEEP_BANDS SENSOR BAND_ROLES RADAR_UNIT RADAR_OUTPUT ENCODING RESUME SCHEDULER OUTPUT "
            "OUTPUT_SERIES"
        ),
        "N_BANDS GAP_SHARE",
    ),
    "detectseasons": (
        "timeseries",
        (
            "STACK INPUT INDEX SENSOR BAND_ROLES SMOOTHING STEP_DAYS SMOOTHNESS MIN_PROMINENCE MIN_PROMINENCE_SHARE "
            "MIN_DISTANCE_DAYS AMPLITUDE_SHARE MIN_LENGTH_DAYS MAX_LENGTH_DAYS BARE_BELOW PERENNIAL_ABOVE MAX_SEASONS "
            "RESUME SCHEDULER OUTPUT OUTPUT_SERIES SEASON_IDS SEASON_TABLE"
        ),
        "N_SEASONS N_WITH_SEASON",
    ),
    "proposesamples": (
        "labeling",
        (
            "PROBABILITIES MODEL_PACKAGE STACK OBJECTS STRATUM_FIELD EXISTING CLASS_FIELD N_SAMPLES UNCERTAINTY "
            "DIVERSITY RARITY STRATA_WEIGHT MIN_DISTANCE SEED ROADS COST COST_WEIGHT OUTPUT"
        ),
        "N_PROPOSED N_CANDIDATES MEAN_UNCERTAINTY",
    ),
    "polygonstosamples": (
        "labeling",
        "INPUT STACK MODE PIXELS_PER_POLYGON INNER_BUFFER SEED OUTPUT DROPPED",
        "N_SAMPLES N_DROPPED N_ROWS",
    ),
    "labelconsensus": (
        "labelquality",
        (
            "INPUT MORE_SETS SAMPLE_ID_FIELD CLASS_FIELD LABELER_FIELD LABEL_FIELDS METHOD TIES ARBITER MIN_LABELS "
            "MIN_SHARE ORDERED_CLASSES CONFIDENCE_FIELD CLASS_FIELDS_OF_SETS MERGE_NAMES SAMPLES SAMPLES_ID_FIELD "
            "OUTPUT LABELERS PAIRS DROPPED REPORT"
        ),
        "N_CONSENSUS N_TIES N_UNANIMOUS FLEISS_KAPPA KRIPPENDORFF_ALPHA N_SAMPLES N_LABELERS N_LOST",
    ),
    "productconsensus": (
        "labelquality",
        "PRODUCTS CROP_VALUES MIN_AGREEMENT PURITY_WINDOW N_PER_CLASS SEED CONSENSUS AGREEMENT SAMPLES PAIRS",
        "SHARE_AGREED N_VALID N_CROP N_NON_CROP N_SAMPLES",
    ),
    "trustedsamples": (
        "labelquality",
        (
            "CROP_LAYER CONFIDENCE EARLIER EARLIER_MEANING CLASSES MIN_CONFIDENCE HOMOGENEITY_WINDOW INNER_BUFFER "
            "ROTATION_YEARS N_PER_CLASS SEED OUTPUT COUNTS"
        ),
        "N_SAMPLES N_TRUSTED N_CLASSES",
    ),
    "samplequality": (
        "labelquality",
        (
            "INPUT CLASS_FIELD DATE_FIELD STACK START_FIELD END_FIELD BAND_ROLES GREENNESS MERGE_NAMES METHOD SCOPE "
            "MIN_SAMPLES KEEP_PROBABILITY KEEP_MARGIN REMOVE_MARGIN MIN_SEPARABILITY N_SEEDS MAP_SIDE PRIOR_THRESHOLD "
            "POSTERIOR_THRESHOLD SITS_ROUNDS N_FOLDS MIN_OBSERVATIONS MAX_GAP_DAYS PEAK_DAYS MATCH_DAYS MIN_PROMINENCE "
            "MIN_SEASON_DAYS MAX_SEASON_DAYS CALENDAR CALENDAR_RASTER CALENDAR_CROP_FIELD CALENDAR_START_FIELD "
            "CALENDAR_END_FIELD CALENDAR_CLASSES WEIGHT_KEEP WEIGHT_SUSPECT WEIGHT_REMOVE WEIGHT_DATA_GAP "
            "WEIGHT_NOT_JUDGED WEIGHT_OUT_OF_SEASON KEEP_CLASS_SHARES PIXELS_PER_POLYGON INNER_BUFFER SEED OUTPUT "
            "SEASONS INDICES LEDGER REPORT QUALITY_FACTS DROPPED"
        ),
        "N_KEEP N_SUSPECT N_REMOVE N_DATA_GAP N_NOT_JUDGED N_SAMPLES N_SEASONS N_DUPLICATES",
    ),
    "trainclassifier": (
        "training",
        (
            "SAMPLES STACK CLASS_FIELD GROUP_FIELD WEIGHT_FIELD DOMAIN_FIELD QUALITY_FACTS MODEL VALIDATION N_FOLDS "
            "VALIDATION_SHARE CALIBRATION CLASS_WEIGHTS MISSING_VALUES MAX_MISSING_SHARE HYPERPARAMETER_FILE N_TREES "
            "MAX_FEATURES MAX_DEPTH MIN_SAMPLES_LEAF PENALTY GAMMA N_CALIBRATION_FOLDS HIDDEN_SIZE DROPOUT "
            "N_HEAD_LAYERS ALPHA LEARNING_RATE BATCH_SIZE MAX_EPOCHS "
            "PATIENCE_EPOCHS STOPPING_SHARE WEIGHT_DECAY SCHEDULE SHIFT_STEPS CLOUD_SHARE NOISE N_HEADS N_LAYERS "
            "FEED_FORWARD_SIZE POSITIONAL_ENCODING N_FILTERS KERNEL_SIZE LAYOUT DENSE_SIZE N_ROUNDS MAX_LEAVES "
            "L2_PENALTY SEED PIXELS_PER_POLYGON INNER_BUFFER START_FIELD END_FIELD LICENCE MODEL_PACKAGE REPORT DROPPED"
        ),
        "OVERALL_ACCURACY MACRO_F1 KAPPA AUC N_SAMPLES N_DROPPED",
    ),
    "trainweaklysupervised": (
        "training",
        (
            "STACK CONSENSUS AGREEMENT CLASSES MODEL LAMBDA SIMILARITY AGGREGATION RAMP_EPOCHS RADIUS SPATIAL_SIGMA "
            "VISUAL_SIGMA REFERENCE CLASS_FIELD ABLATION PATCH_SIZE N_PATCHES HELD_OUT_SHARE CLASS_WEIGHTS "
            "MISSING_VALUES MAX_MISSING_SHARE PATCHES_PER_STEP LEARNING_RATE MAX_EPOCHS PATIENCE_EPOCHS HIDDEN_SIZE "
            "DROPOUT N_HEAD_LAYERS STOPPING_SHARE WEIGHT_DECAY SCHEDULE SHIFT_STEPS CLOUD_SHARE NOISE N_HEADS N_LAYERS "
            "FEED_FORWARD_SIZE POSITIONAL_ENCODING N_FILTERS KERNEL_SIZE LAYOUT DENSE_SIZE SEED LICENCE MODEL_PACKAGE "
            "REPORT"
        ),
        "LABEL_AGREEMENT LABEL_MACRO_F1 REFERENCE_MACRO_F1 VOTE_MACRO_F1 N_PATCHES N_LABELS N_PIXELS",
    ),
    "crossvalidate": (
        "training",
        (
            "SAMPLES STACK CLASS_FIELD GROUP_FIELD WEIGHT_FIELD DOMAIN_FIELD MODELS PROTOCOL N_FOLDS LEARNING_CURVE "
            "BLOCK_SIZE GAP YEAR_FIELD REGION_FIELD START_POINT DISTANCE CLASS_WEIGHTS MISSING_VALUES "
            "MAX_MISSING_SHARE SEED PIXELS_PER_POLYGON INNER_BUFFER START_FIELD END_FIELD TABLE REPORT DROPPED"
        ),
        "MACRO_F1 OVERALL_ACCURACY RANDOM_MACRO_F1 BLOCK_SIZE_KM ENOUGH_SAMPLES N_SAMPLES N_DROPPED",
    ),
    "searchhyperparameters": (
        "training",
        (
            "SAMPLES STACK CLASS_FIELD GROUP_FIELD WEIGHT_FIELD DOMAIN_FIELD MODEL N_TRIALS CHOICE MAX_MINUTES "
            "PROTOCOL N_FOLDS BLOCK_SIZE GAP YEAR_FIELD REGION_FIELD START_POINT DISTANCE CLASS_WEIGHTS MISSING_VALUES "
            "MAX_MISSING_SHARE SEED PIXELS_PER_POLYGON INNER_BUFFER START_FIELD END_FIELD HYPERPARAMETERS TABLE REPORT "
            "DROPPED"
        ),
        "MACRO_F1 DEFAULT_MACRO_F1 UNSEEN_MACRO_F1 UNSEEN_DEFAULT_MACRO_F1 N_TRIALS N_SAMPLES N_DROPPED",
    ),
    "transferclassifier": (
        "training",
        (
            "MODEL_PACKAGE SAMPLES STACK CLASS_FIELD GROUP_FIELD WEIGHT_FIELD STRATEGY TREATMENT SCALING LEARNING_RATE "
            "SOURCE_SAMPLES SOURCE_CLASS_FIELD SEASON_SHIFT N_REPEATS TEST_SHARE PACK START_POINT RADII SEED "
            "PIXELS_PER_POLYGON INNER_BUFFER START_FIELD END_FIELD OUTPUT REPORT TABLE DROPPED"
        ),
        (
            "NAIVE_MACRO_F1 TRANSFER_MACRO_F1 SCRATCH_MACRO_F1 NAIVE_ACCURACY TRANSFER_ACCURACY SCRATCH_ACCURACY "
            "N_LABELED N_UNLABELED N_DROPPED"
        ),
    ),
    "predictmap": (
        "mapping",
        (
            "MODEL_PACKAGE STACK AREA SEASON_START MAX_MISSING_SHARE DEVICE RESUME SCHEDULER CLOUD_OPTIMISED CLASSES "
            "PROBABILITIES UNCERTAINTY"
        ),
        "N_PIXELS N_PREDICTED N_NODATA PIXELS_PER_SECOND",
    ),
    "assessaccuracy": (
        "mapping",
        (
            "MAP ZERO UNCLASSIFIED_VALUES UNCLASSIFIED NODATA_VALUE REFERENCE CLASS_FIELD DESIGN STRATUM_FIELD "
            "STRATUM_SIZE_FIELD WEIGHT_FIELD CLUSTER_FIELD STRATA UNSAMPLED_STRATA CLASS_NAMES LABEL_FIELDS THRESHOLD "
            "REGIONS REGION_FIELD CONFIDENCE INTERVAL BOOTSTRAP_REPEATS SEED ACCEPT_NON_PROBABILITY TABLE MATRIX "
            "DROPPED REPORT PUBLICATION"
        ),
        (
            "OVERALL_ACCURACY OVERALL_ACCURACY_SE OVERALL_ACCURACY_LOW OVERALL_ACCURACY_HIGH MACRO_F1 TOTAL_AREA_HA "
            "N_SAMPLES N_DROPPED N_MORE_SAMPLES THRESHOLD_USED"
        ),
    ),
    "comparemaps": (
        "mapping",
        (
            "MAPS CROP_VALUES NAMES REFERENCE CLASS_FIELD CROP_LABELS EARLIER_CLASS_FIELD DESIGN STRATUM_FIELD "
            "STRATUM_SIZE_FIELD WEIGHT_FIELD CLUSTER_FIELD CONFIDENCE INTERVAL ACCEPT_NON_PROBABILITY TABLE PAIRS "
            "CHANGES REPORT AGREEMENT ENSEMBLE DIFFERENCE"
        ),
        "COMMON_AREA_HA SHARE_AGREED CHANGED_AREA_HA N_SAMPLES N_DROPPED BEST_ACCURACY",
    ),
    "refinemap": (
        "mapping",
        (
            "CLASSES PROBABILITIES SMOOTHING SMOOTHNESS NEIGHBOUR_SHARE OBJECTS RULE_LAYERS RULES MIN_MAPPING_UNIT "
            "CONNECTIVITY REFERENCE CLASS_FIELD ZERO UNCLASSIFIED_VALUES NODATA_VALUE OUTPUT OUTPUT_PROBABILITIES"
        ),
        "SHARE_CHANGED ACCURACY_BEFORE ACCURACY_AFTER",
    ),
    "replay": ("provenance", "RECORD RERUN FOLDER PAGE", "IDENTICAL N_DIFFERENT N_INPUTS_CHANGED"),
    "simulateregion": ("timeseries", "FOLDER SIZE CLOUD_SHARE MISLABELED_SHARE SEED", "N_FIELDS N_DATES"),
    "mapproject": ("mapping", "LAYERS TITLE CLASS_FIELD RESOLUTION PROJECT PICTURE", "N_LAYERS"),
    "cloudstomap": (
        "mapping",
        (
            "FOLDER MASK_BAND COMPOSITE_METHOD START_DATE PERIOD_DAYS N_PERIODS METHOD INDICES SEASON_INDEX BAND_ROLES "
            "SAMPLES CLASS_FIELD GROUP_FIELD MODEL AREA SEED buildtimeseries:OUTPUT compositetimeseries:OBSERVATIONS "
            "compositetimeseries:OUTPUT detectseasons:OUTPUT detectseasons:SEASON_TABLE extracttimeseries:DROPPED "
            "predictmap:CLASSES predictmap:PROBABILITIES predictmap:UNCERTAINTY preprocesstimeseries:OUTPUT "
            "spectralindices:OUTPUT trainclassifier:MODEL_PACKAGE trainclassifier:REPORT"
        ),
        "",
    ),
    "productstomap": (
        "mapping",
        (
            "FOLDER START_DATE PERIOD_DAYS PRODUCTS CROP_VALUES MIN_AGREEMENT PURITY_WINDOW MODEL N_PATCHES REFERENCE "
            "CLASS_FIELD AREA SEED buildtimeseries:OUTPUT predictmap:CLASSES predictmap:PROBABILITIES "
            "predictmap:UNCERTAINTY productconsensus:AGREEMENT productconsensus:CONSENSUS "
            "trainweaklysupervised:MODEL_PACKAGE trainweaklysupervised:REPORT"
        ),
        "",
    ),
    "trainandmap": (
        "mapping",
        (
            "FOLDER START_DATE PERIOD_DAYS SAMPLES CLASS_FIELD GROUP_FIELD PIXELS_PER_POLYGON MODEL VALIDATION AREA "
            "SEED buildtimeseries:OUTPUT extracttimeseries:DROPPED predictmap:CLASSES "
            "predictmap:PROBABILITIES predictmap:UNCERTAINTY trainclassifier:MODEL_PACKAGE trainclassifier:REPORT"
        ),
        "",
    ),
}
TRAINED_MODELS = [
    "random_forest",
    "svm",
    "lstm",
    "multi_head_lstm",
    "gradient_boosting",
    "rnn",
    "lstm_all_dates",
    "gru",
    "bi_rnn",
    "bi_lstm",
    "bi_gru",
    "attention_bi_rnn",
    "attention_bi_lstm",
    "attention_bi_gru",
    "transformer",
    "cnn_1d",
    "temp_cnn",
    "ltae",
]
WEAKLY_TRAINED_MODELS = [
    "temp_cnn",
    "lstm",
    "lstm_all_dates",
    "gru",
    "rnn",
    "bi_lstm",
    "bi_gru",
    "bi_rnn",
    "attention_bi_lstm",
    "attention_bi_gru",
    "attention_bi_rnn",
    "transformer",
    "cnn_1d",
    "ltae",
]
ENUM_VALUES = {
    ("buildtimeseries", "GRID_RULE"): ["refuse", "warp"],
    ("stactimeseries", "RESAMPLING"): ["bilinear", "nearest", "cubic", "average", "mode"],
    ("stactimeseries", "MOSAIC"): ["least_cloudy", "first", "last"],
    ("stactimeseries", "DAY"): ["solar", "utc"],
    ("objectstratification", "CRITERION"): ["silhouette", "calinski_harabasz"],
    ("representativesamples", "ALLOCATION"): ["proportional", "equal", "neyman"],
    ("representativesamples", "CRI_VERSION"): ["current", "first"],
    ("probabilitysamples", "DESIGN"): ["stratified", "simple_random", "systematic", "cluster", "balanced"],
    ("probabilitysamples", "ZERO"): ["ask", "class", "outside"],
    ("samplesize", "UNCLASSIFIED"): ["outside", "class", "ask"],
    ("compositetimeseries", "METHOD"): ["least_cloudy", "median", "medoid", "max_ndvi"],
    ("compositetimeseries", "MASK_KIND"): ["auto", "scl", "qa60", "s2cloudless", "qa_pixel", "rule"],
    ("preprocesstimeseries", "METHOD"): [
        "7_day_linear",
        "7_day_linear_whittaker",
        "7_day_linear_peak_alignment",
        "coarse_linear",
        "raw",
        "raw_whittaker",
        "savitzky_golay",
        "harmonic",
    ],
    ("preprocesstimeseries", "ENCODING"): ["like_input", "int16", "float32"],
    ("spectralindices", "RADAR_UNIT"): ["auto", "linear", "db", "digital_number"],
    ("spectralindices", "RADAR_OUTPUT"): ["as_is", "linear", "db", "digital_number"],
    ("detectseasons", "SMOOTHING"): ["auto", "whittaker", "none"],
    ("polygonstosamples", "MODE"): ["central", "random"],
    ("labelconsensus", "METHOD"): ["majority", "dawid_skene"],
    ("labelconsensus", "TIES"): ["drop", "keep", "third_opinion"],
    ("samplequality", "METHOD"): ["tisqe", "combined", "sits_som", "confident_learning"],
    ("samplequality", "SCOPE"): ["year", "kind", "season"],
    ("trainclassifier", "MODEL"): TRAINED_MODELS,
    ("crossvalidate", "MODELS"): TRAINED_MODELS,
    ("crossvalidate", "PROTOCOL"): [
        "spatial_blocks",
        "parcel_groups",
        "leave_one_year_out",
        "leave_one_region_out",
        "distance",
        "k_fold",
    ],
    ("searchhyperparameters", "CHOICE"): ["score", "knee"],
    ("crossvalidate", "CLASS_WEIGHTS"): ["none", "balanced"],
    ("crossvalidate", "MISSING_VALUES"): ["linear", "refuse"],
    ("trainweaklysupervised", "MODEL"): WEAKLY_TRAINED_MODELS,
    ("trainweaklysupervised", "CLASS_WEIGHTS"): ["balanced", "none"],
    ("trainweaklysupervised", "MISSING_VALUES"): ["linear", "refuse"],
    ("proposesamples", "UNCERTAINTY"): ["margin", "least_confidence", "entropy"],
    ("transferclassifier", "STRATEGY"): ["direct", "zero_label", "joint", "fine_tune", "dann", "fill_in"],
    ("transferclassifier", "TREATMENT"): ["R1", "R2", "R3", "R4"],
    ("transferclassifier", "SCALING"): ["target", "source"],
    ("transferclassifier", "PACK"): ["recommended", "transfer"],
    ("trainclassifier", "CALIBRATION"): ["none", "temperature"],
    ("trainclassifier", "VALIDATION"): ["holdout", "k_fold", "none"],
    ("trainclassifier", "CLASS_WEIGHTS"): ["none", "balanced"],
    ("trainclassifier", "MISSING_VALUES"): ["linear", "refuse"],
    ("assessaccuracy", "INTERVAL"): ["wilson", "wald"],
    ("assessaccuracy", "UNSAMPLED_STRATA"): ["refuse", "leave_out"],
    ("refinemap", "CONNECTIVITY"): ["4", "8"],
    ("refinemap", "ZERO"): ["ask", "class", "outside"],
    ("predictmap", "DEVICE"): ["options", "auto", "cpu", "cuda", "mps"],
}
EVERY_ID = sorted(CONTRACT)
OWN_IDS = sorted(algorithm.ID for algorithm in ALGORITHMS)


def algorithm_of(name: str) -> QgsProcessingAlgorithm:
    return QgsApplication.processingRegistry().algorithmById(f"cropsample:{name}")


def test_the_provider_lists_every_algorithm(provider):
    assert sorted(algorithm.name() for algorithm in provider.algorithms()) == EVERY_ID
    assert provider.id() == "cropsample"
    assert provider.versionInfo() != "unknown"
    assert not provider.icon().isNull()


@pytest.mark.parametrize("name", EVERY_ID)
def test_names_are_the_contract(provider, name):
    group, parameters, numbers = CONTRACT[name]
    algorithm = algorithm_of(name)
    assert algorithm.groupId() == group
    assert algorithm.group()
    assert [item.name() for item in algorithm.parameterDefinitions()] == parameters.split()
    found = [item.name() for item in algorithm.outputDefinitions() if isinstance(item, QgsProcessingOutputNumber)]
    if numbers:
        assert found == numbers.split()


@pytest.mark.parametrize(("name", "parameter"), sorted(ENUM_VALUES))
def test_choices_are_words(provider, name, parameter):
    definition = algorithm_of(name).parameterDefinition(parameter)
    assert definition.usesStaticStrings()
    assert definition.options() == ENUM_VALUES[(name, parameter)]
    first = definition.options()[0]
    assert definition.defaultValue() == ([first] if definition.allowMultiple() else first)


@pytest.mark.parametrize("name", EVERY_ID)
def test_every_algorithm_explains_itself(provider, name):
    algorithm = algorithm_of(name)
    assert algorithm.displayName()
    assert algorithm.displayName() != name
    assert len(algorithm.shortHelpString()) > 200
    assert "cropsample" in algorithm.tags()
    assert len(algorithm.tags()) > 3
    assert not algorithm.icon().isNull()
    assert algorithm.icon().availableSizes() or algorithm.icon().pixmap(24, 24).width() > 0


@pytest.mark.parametrize("name", OWN_IDS)
def test_every_parameter_has_help_bounds_and_a_working_default(provider, name):
    algorithm = algorithm_of(name)
    assert algorithm.shortDescription()
    assert algorithm.helpUrl().startswith("https://")
    own_icon = installation_path("resources/icons") / f"{name}.svg"
    assert own_icon.is_file()
    assert algorithm.icon().pixmap(24, 24).width() == 24
    for definition in algorithm.parameterDefinitions():
        assert definition.help().rstrip().endswith("."), definition.name()
        assert definition.help() in html.unescape(algorithm.shortHelpString())
        assert definition.description()[0].isupper()
        if isinstance(definition, QgsProcessingParameterNumber):
            assert definition.minimum() < definition.maximum()
            default = definition.defaultValue()
            is_optional = bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
            assert is_optional if default is None else definition.checkValueIsAcceptable(default)
        if not definition.isDestination():
            assert definition.checkValueIsAcceptable(definition.defaultValue()) or definition.defaultValue() is None


@pytest.mark.parametrize("name", EVERY_ID)
def test_copies_are_complete(provider, name):
    original = algorithm_of(name)
    copy = original.create()
    assert copy.id() == original.id()
    assert copy.displayName() == original.displayName()
    assert [item.name() for item in copy.parameterDefinitions()] == [
        item.name() for item in original.parameterDefinitions()
    ]
    for definition in original.parameterDefinitions():
        cloned = definition.clone()
        assert (cloned.name(), cloned.help(), cloned.flags()) == (
            definition.name(),
            definition.help(),
            definition.flags(),
        )


@pytest.mark.parametrize("name", OWN_IDS)
def test_dialogs_accept_the_files_that_are_written(provider, name):
    """The toolbox dialog asks the provider, not the parameter, before it runs."""
    context = QgsProcessingContext()
    for definition in algorithm_of(name).destinationParameterDefinitions():
        extension = definition.defaultFileExtension()
        accepted, message = definition.isSupportedOutputValue(f"/somewhere/output.{extension}", context)
        assert accepted, message


@pytest.mark.parametrize("name", OWN_IDS)
def test_algorithms_run_in_the_background_where_they_can(provider, name):
    runs_in_main_thread = bool(algorithm_of(name).flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading)
    assert runs_in_main_thread == (name == "mapproject")
    assert algorithm_of(name).flags() & QgsProcessingAlgorithm.Flag.FlagSupportsBatch
    assert algorithm_of(name).flags() & QgsProcessingAlgorithm.Flag.FlagCanCancel


@pytest.mark.parametrize("name", [name for name in EVERY_ID if name != "mapproject"])
def test_without_an_engine_algorithms_are_listed_and_say_what_to_do(provider, no_engine, name):
    can_execute, reason = algorithm_of(name).canExecute()
    assert not can_execute
    assert "engine" in reason.lower()
    assert "options" in reason.lower()


def test_the_project_of_maps_needs_no_engine(provider, no_engine):
    assert algorithm_of("mapproject").canExecute() == (True, "")
