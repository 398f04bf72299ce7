<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
  <context>
    <name>BuildTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Build time series</source>
      <translation>Construire une série temporelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Makes one dated stack out of rasters of many dates.</source>
      <translation>Fait une pile datée de rasters de plusieurs dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Makes one dated stack out of the rasters you have: one file per date with one or many bands, one file per band with dates as bands, an undated Earth Engine export, netCDF, or Sentinel-2 files. The result is a small VRT that refers to your files, with bands named like '2019-03-15 B04'; nothing is copied.

Dates are found in band descriptions, file names, side files and metadata. Where none is found, the error names the file and what was tried; give a date pattern, or a start date and a period.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>The dated stack, a .vrt file that refers to the input files by relative paths.</source>
      <translation>La pile datée, un fichier .vrt qui renvoie aux fichiers d'entrée par des chemins relatifs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>number of bands per date</source>
      <translation>nombre de bandes par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Rasters</source>
      <translation>Rasters</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>The rasters of the time series. Give these or a folder.</source>
      <translation>Les rasters de la série temporelle. Donnez ceux-ci ou un dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Folder with rasters</source>
      <translation>Dossier de rasters</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>A folder all of whose rasters, in its subfolders too, belong to the time series.</source>
      <translation>Un dossier dont tous les rasters, sous-dossiers compris, font partie de la série temporelle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Date pattern</source>
      <translation>Motif de date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>How dates are written in file or band names, with %Y year, %m month, %d day, %j day of the year, such as 'S2_%Y%m%d'. Empty: recognised.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Bands</source>
      <translation>Bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Names of the bands to take, or names for bands that have none, separated by commas. Empty: all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Start date of undated input</source>
      <translation>Date de début des entrées sans date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Date of the first time step, for input whose files do not say.</source>
      <translation>Date du premier pas de temps, pour des fichiers qui ne la disent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Period of undated input [days]</source>
      <translation>Période des entrées sans date [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Days from one time step to the next, for input whose files do not say; 0: dates are in the files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Scale</source>
      <translation>Échelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Physical value = stored value x scale + offset. Empty: as the files say.</source>
      <translation>Valeur physique = valeur stockée x échelle + décalage. Vide : selon les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Offset</source>
      <translation>Décalage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Nodata value</source>
      <translation>Valeur nodata</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Stored value that means missing. Empty: as the files say.</source>
      <translation>Valeur stockée qui signifie « absent ». Vide : selon les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Files on different grids</source>
      <translation>Fichiers sur des grilles différentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>What to do with files of another CRS, origin or extent: refuse them, or warp them by VRT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Resampling</source>
      <translation>Rééchantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>How bands of a coarser or finer pixel size are brought to the stack's pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>There is no input. Give the rasters of the time series or the folder that holds them.</source>
      <translation>Il n'y a pas d'entrée. Donnez les rasters de la série temporelle ou le dossier qui les contient.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>A period is given without a start date. Give both, or neither.</source>
      <translation>Une période est donnée sans date de début. Donnez les deux, ou aucune.</translation>
    </message>
  </context>
  <context>
    <name>CompositeTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Composite time series</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Makes one clear observation per period out of many cloudy ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Makes one clear observation per pixel and period out of many acquisitions, some of them cloudy: the least cloudy one (of equal ones the nearest to the middle of the period), the median of each band, the medoid, or the one of largest NDVI. Twelve periods of 30 days are the recipe of the Togo crop map.

Clouds come from a mask: Sentinel-2 SCL or QA60, s2cloudless probability, Landsat QA_PIXEL, or any band with a rule. Periods without a clear observation stay empty; on request a layer says how many there were.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Which observation of a period is taken; median takes each band by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Composites</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>A dated stack with one date per period, its first day; values as in the input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>The rows of the series layer with one field per period and band.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Clear observations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Number of clear observations of each pixel and period; 0 is a gap.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>share of pixels and periods without a clear observation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Start date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>First day of the first period. Empty: the first date of the series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Period [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Length of a period.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Number of periods</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>How many periods; 0: as many as the series has.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>CreateEngineDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Create CropSample's engine</source>
      <translation>Créer le moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>What will be run:</source>
      <translation>Ce qui sera exécuté :</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Commands and their output</source>
      <translation>Les commandes et leurs messages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Looking for Python</source>
      <translation>Recherche de Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Stopping…</source>
      <translation>Arrêt…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Looking for Python 3.11 or newer…</source>
      <translation>Recherche de Python 3.11 ou plus récent…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>&amp;Base Python</source>
      <translation>Python de &amp;base</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Processor (CPU), works everywhere</source>
      <translation>Processeur (CPU), marche partout</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>NVIDIA graphics card (CUDA), larger</source>
      <translation>Carte graphique NVIDIA (CUDA), plus volumineux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>B&amp;uild</source>
      <translation>&amp;Version</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Empty: download from the internet</source>
      <translation>Vide : télécharger depuis internet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Offline &amp;wheel folder</source>
      <translation>Dossier de &amp;wheels hors ligne</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>&amp;Create</source>
      <translation>&amp;Créer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Goes to {folder}. Needs about {needed} GB, {free:.0f} GB are free.</source>
      <translation>Va dans {folder}. Demande environ {needed} Go, {free:.0f} Go sont libres.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Python {}</source>
      <translation>Python {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>None found: name a Python 3.11 or newer</source>
      <translation>Aucun trouvé : indiquez un Python 3.11 ou plus récent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Creating CropSample's engine</source>
      <translation>Création du moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>The engine is ready.</source>
      <translation>Le moteur est prêt.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
  </context>
  <context>
    <name>CropSampleAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Time series</source>
      <translation>Séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Sampling</source>
      <translation>Échantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Label quality</source>
      <translation>Qualité des étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Labeling</source>
      <translation>Étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Training</source>
      <translation>Entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Mapping</source>
      <translation>Cartographie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Provenance</source>
      <translation>Provenance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/help_text.py" />
      <source>Choices: {}.</source>
      <translation>Choix : {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/help_text.py" />
      <source>Default: {}.</source>
      <translation>Par défaut : {}.</translation>
    </message>
  </context>
  <context>
    <name>CropSamplePlugin</name>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Train and map</source>
      <translation>&amp;Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Jobs</source>
      <translation>&amp;Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Options and engine…</source>
      <translation>&amp;Options et moteur…</translation>
    </message>
  </context>
  <context>
    <name>DepartureSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Departure samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Shows what staying near a starting point costs in representativeness.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Chooses the best samples within each radius around a starting point and the same number anywhere, and compares them: the index, the strata missed, and the share of fields that are hardly represented.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Fields made by 'Object stratification', or any layer with series or numbers in its fields.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Starting point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Where the survey starts from: click on the map, or write 'x,y [EPSG:4326]'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Radii [kilometres]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Distances from the start, separated by commas.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Number of samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Size of every set.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Stratum field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Field with the kind of each object; without it strata are made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Version of the index</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>current: the one that the evidence supports; first: the earlier one, for comparison.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>The same seed gives the same sets.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>The samples of every set, with the radius they belong to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>The sets side by side, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>index of the set that may lie anywhere</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>DetectSeasonsAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Detect seasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Finds start, peak, end, length and amplitude of each growing season.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Finds the growing seasons of each pixel or row: none, one, two or more a year, across the end of the year and in either hemisphere. A season is a prominent peak of the index; it starts and ends where the curve crosses 20 % of its amplitude.

Seasons that start and end at about the same time get the same id, and a table lists the seasons found. Bare and perennial land has no season, and the result says why. Dates in rasters are days since 1970-01-01.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Index</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Band, index or formula that grows with greenness, such as NDVI, EVI2 or LAI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Seasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Start, peak, end, length and amplitude of each season, number of seasons, and the reason where there is none (1: too few data, 2: bare, 3: perennial, 4: no clear peak, 5: too short or too long).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>The rows of the series layer with the parts of each season as fields.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Season ids</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Id of each season as in the table of seasons; 0 is no season.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Table of seasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>One row per season found: id, year, number, mean start, peak and end, length and amplitude.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>number of different seasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>number of pixels or rows with a season</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Smoothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>auto: Whittaker unless the series is smooth already; none: only gaps are filled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Step [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Step of the regular grid on which the curve is smoothed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Whittaker smoothness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>The larger the smoother.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Least prominence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>How far a peak stands above its valleys, in units of the index.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Least prominence [share of range]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>The same as share of the range of the series; the larger of both counts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Least distance of peaks [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Of two nearer peaks the higher one counts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Share of amplitude at start and end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>A season starts and ends where the curve crosses this share of its amplitude.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Shortest season [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Shorter ones do not count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Longest season [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Longer ones do not count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Bare below</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>A series without a peak that never exceeds this is bare.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Perennial above</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>A series without a peak that hardly falls below this is perennial.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Most seasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>How many seasons of a series are written, the most prominent ones.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>EngineAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>The log is {}</source>
      <translation>Le journal est {}</translation>
    </message>
  </context>
  <context>
    <name>EngineOptionsPage</name>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Checking…</source>
      <translation>Vérification…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Engine</source>
      <translation>Moteur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Training and mapping run in a Python of their own, beside QGIS. Nothing is installed into QGIS's Python.</source>
      <translation>L'entraînement et la cartographie tournent dans un Python à part, à côté de QGIS. Rien n'est installé dans le Python de QGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Automatic: the environment CropSample creates</source>
      <translation>Automatique : l'environnement que CropSample crée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>A Python of your own</source>
      <translation>Un Python à vous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Python</source>
      <translation>&amp;Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Path of the Python interpreter</source>
      <translation>Chemin de l'interpréteur Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Choose a Python interpreter</source>
      <translation>Choisir un interpréteur Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>State</source>
      <translation>État</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Create engine…</source>
      <translation>&amp;Créer le moteur…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Chec&amp;k</source>
      <translation>&amp;Vérifier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>What it may use</source>
      <translation>Ce qu'il peut utiliser</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>The fastest there is</source>
      <translation>Le plus rapide disponible</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Processor (CPU)</source>
      <translation>Processeur (CPU)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>NVIDIA graphics card (CUDA)</source>
      <translation>Carte graphique NVIDIA (CUDA)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Apple graphics (MPS)</source>
      <translation>Carte graphique Apple (MPS)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Device</source>
      <translation>&amp;Matériel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>All</source>
      <translation>Tous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Processor &amp;threads</source>
      <translation>&amp;Fils du processeur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source> MB</source>
      <translation> Mo</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Default (1500 MB)</source>
      <translation>Par défaut (1500 Mo)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Memory budget</source>
      <translation>Budget de &amp;mémoire</translation>
    </message>
  </context>
  <context>
    <name>EngineProbe</name>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Checking CropSample's engine</source>
      <translation>Vérification du moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>named here</source>
      <translation>indiqué ici</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>named by CROPSAMPLE_PYTHON</source>
      <translation>indiqué par CROPSAMPLE_PYTHON</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>CropSample's own environment</source>
      <translation>environnement propre à CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Python {version}, {origin}: {path}</source>
      <translation>Python {version}, {origin} : {path}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Packages: {}</source>
      <translation>Paquets : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Devices: {}</source>
      <translation>Matériel : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Problem: {}</source>
      <translation>Problème : {}</translation>
    </message>
  </context>
  <context>
    <name>EvaluateRepresentativenessAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Evaluate representativeness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Says how well existing samples represent all fields, what they miss, and what to add.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Computes the representativeness index (CRI) of samples that exist, crowdsourced ones for example, marks the fields and strata that are under- or over-represented, and names the fields that would improve the set most. Several samples in one field count once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Samples in any CRS; those outside every object are ignored, and counted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Fields made by 'Object stratification', or any layer with series or numbers in its fields.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Stratum field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Field with the kind of each object; without it strata are made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Number of additional samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>How many fields to propose that would improve the set most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Version of the index</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>current: the one that the evidence supports; first: the earlier one, for comparison.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>The same seed gives the same proposals.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Representation of the objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Every object: status of its stratum, how unlike its nearest sample it is, and which one that is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Additional samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>The fields that would improve the set most, best first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>The index, its components, comparison with other sets, and maps, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>number of objects that are hardly represented</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>index with the additional samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>representativeness of the set, 0 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>strata have their share of the samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>share of strata with a sample</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are distributed like the objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects have a sample close to them in the features</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects are like the sample that stands for them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are spread over the map</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ExtractTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Extract time series</source>
      <translation>Extraire des séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Reads the series of a dated stack at points and in polygons.</source>
      <translation>Lit les séries d'une pile datée à des points et dans des polygones.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Reads the series of a dated stack at points or in polygons of any CRS and writes one row per sample or pixel, with one field per date and band beside the fields of the input.

Of a polygon its central pixel is read, or random pixels at a distance from its edge. Samples outside the stack, on nodata or twice in the same pixel are counted and listed with the reason, never silently gone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>The same seed picks the same pixels.</source>
      <translation>La même graine choisit les mêmes pixels.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Series at samples</source>
      <translation>Séries aux échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>One row per sample or pixel: the fields of the input, then one field per date and band.</source>
      <translation>Une ligne par échantillon ou pixel : les champs de l'entrée, puis un champ par date et bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of samples with a series</source>
      <translation>nombre d'échantillons avec une série</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of rows written</source>
      <translation>nombre de lignes écrites</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Points or polygons in any CRS.</source>
      <translation>Points ou polygones dans n'importe quel SCR.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>A raster made by 'Build time series'.</source>
      <translation>Un raster fait par « Construire une série temporelle ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Pixels per polygon</source>
      <translation>Pixels par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>1: the most central pixel of each polygon; more: that many random pixels, or all there are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start field</source>
      <translation>Champ de début de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season starts. Empty: the whole time axis.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season end field</source>
      <translation>Champ de fin de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season ends. Empty: the whole time axis.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>A sample's season needs both its start and its end field. Give both, or neither.</source>
      <translation>La saison d'un échantillon demande un champ de début et un champ de fin. Donnez les deux, ou aucun.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start and end are the same field '{}'. Choose two fields.</source>
      <translation>Le début et la fin de saison sont le même champ « {} ». Choisissez deux champs.</translation>
    </message>
  </context>
  <context>
    <name>InputChecks</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: there is no file '{}'. Check its name, or choose another.</source>
      <translation>{} : il n'y a pas de fichier « {} ». Vérifiez son nom, ou choisissez-en un autre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' cannot be read. It may be damaged, or no raster at all.</source>
      <translation>{} : « {} » ne peut être lu. Il est peut-être abîmé, ou n'est pas un raster.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' cannot be written, only {} files can. Let the file name end with {}.</source>
      <translation>{} : « {} » ne peut être écrit, seuls des fichiers {} le peuvent. Terminez le nom du fichier par {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source> or </source>
      <translation> ou </translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' is also an input and would be replaced. Choose another file.</source>
      <translation>{} : « {} » est aussi une entrée et serait remplacé. Choisissez un autre fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>Two outputs have the same file '{}'. Choose another file for one of them.</source>
      <translation>Deux sorties ont le même fichier « {} ». Choisissez un autre fichier pour l'une d'elles.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>'{}' cannot be written: there is no right to write to '{}'. Choose another folder.</source>
      <translation>« {} » ne peut être écrit : pas de droit d'écriture dans « {} ». Choisissez un autre dossier.</translation>
    </message>
  </context>
  <context>
    <name>InputReader</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The raster '{}' cannot be read. Check that the file exists and opens in QGIS.</source>
      <translation>Le raster « {} » ne peut être lu. Vérifiez que le fichier existe et s'ouvre dans QGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The layer '{}' cannot be read. Check that the file exists and opens in QGIS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>{}: '{}' is no date. Write it as 2019-03-15.</source>
      <translation>{} : « {} » n'est pas une date. Écrivez-la comme 2019-03-15.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The layer '{}' is no raster file (it comes from '{}'), and the engine reads files only. Export it to a GeoTIFF first (Layer &gt; Save As).</source>
      <translation>La couche « {} » n'est pas un fichier raster (elle vient de « {} »), et le moteur ne lit que des fichiers. Exportez-la d'abord en GeoTIFF.</translation>
    </message>
  </context>
  <context>
    <name>JobsDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>CropSample jobs</source>
      <translation>Travaux CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Jobs appear here when you train, map or run a CropSample tool of the toolbox.</source>
      <translation>Les travaux apparaissent ici quand vous entraînez, cartographiez ou lancez un outil CropSample.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Jobs</source>
      <translation>Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Log</source>
      <translation>Journal</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Learning &amp;curve</source>
      <translation>Courbe d'&amp;apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>&amp;Log</source>
      <translation>&amp;Journal</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>C&amp;ancel</source>
      <translation>&amp;Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Open &amp;report</source>
      <translation>Ouvrir le &amp;rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>L&amp;oad outputs</source>
      <translation>&amp;Charger les sorties</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Open &amp;folder</source>
      <translation>Ouvrir le &amp;dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Re&amp;move</source>
      <translation>&amp;Retirer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Trees</source>
      <translation>Arbres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Epoch</source>
      <translation>Époque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Remove job</source>
      <translation>Retirer le travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Remove this job and its log from the list? The files it made stay where they are.</source>
      <translation>Retirer ce travail et son journal de la liste ? Les fichiers produits restent où ils sont.</translation>
    </message>
  </context>
  <context>
    <name>LabelConsensusAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Label consensus</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Merges the labels of several labelers into one per sample and says how far they agree.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Gives every sample the class that most of its labelers gave it, or the likeliest one given how each labeler errs, and says how far labelers agree: by pair with Cohen's kappa, all together with Fleiss' kappa and Krippendorff's alpha. Samples whose labels differ are ranked by how much another look would help.

Labels come with a row per label (sample id, labeler, class), with a column per labeler, or as several layers, one per labeler or set. Exports of Collect Earth Online are read as they are: leave all fields empty. Blank and repeated labels are not counted; each is listed with the reason.

Labelers who agree may still be wrong together: agreement is no accuracy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Layer or table with the labels; an export of Collect Earth Online as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>More label sets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Further layers with labels of the same samples. Without a labeler field each layer counts as one labeler, under its name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Sample id field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field that says which sample a row is about. Empty: 'plotid' in exports of Collect Earth Online, the row itself where there is a column per labeler.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field with the label of a row, text or whole numbers. Empty: the question in exports of Collect Earth Online.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labeler field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field that says who gave the label of a row. Empty: each layer is one labeler.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Label fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>One field per labeler, where a row holds all labels of a sample; class and labeler fields empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>majority: the class most labels say; dawid_skene: the likeliest class by a model of each labeler's errors, which takes many samples to learn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Ties</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>drop: samples without a decision are left out and listed; keep: they stay, without a class; third_opinion: the arbiter decides them, and the others stay without a class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Arbiter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Name of the labeler (or field, or layer) whose labels count only where the others are undecided.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Fewest labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labels that a sample needs to get a class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Smallest share</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Share of the votes, or probability, that the class needs; 0: just more than any other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Ordered classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>All classes from low to high with commas between them, where they are ordered: far confusions then weigh more in kappa and alpha.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Confidence field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field with how sure the labeler was, a positive number; labels count that much.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Class fields of the further sets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Class field of each further layer with commas between them, where it has another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Merge similar class names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Take names that differ in capitals, spaces or hyphens alone for one class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Sample places</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Layer with the place of each sample; labels of ids that it does not hold are not counted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Id field of the sample places</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field with the sample id in that layer. Empty: called as the sample id field.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Consensus</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>One row per sample: class, outcome, share of votes, the label of each labeler, rank to look again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labelers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Table of how reliable each labeler is, over all classes and for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Pairs of labelers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Table of the agreement of every two labelers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labels not counted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Table of labels that were not counted and samples without a decision, each with the reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Agreement, reliability and the samples to look at again, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of samples with a class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of ties</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of samples whose labels, two or more, all agree</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Fleiss' kappa of all labelers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Krippendorff's alpha of all labelers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of labelers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of labels not counted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Give either label fields, or a class field and label sets, not both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>A third opinion needs the name of the arbiter.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LearningCurve</name>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Learning curve</source>
      <translation>Courbe d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Epoch</source>
      <translation>Époque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Loss</source>
      <translation>Perte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Score</source>
      <translation>Score</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>{curve}: {value} at step {step}</source>
      <translation>{curve} : {value} à l'étape {step}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>The learning curve appears here while a model trains.</source>
      <translation>La courbe d'apprentissage apparaît ici pendant l'entraînement d'un modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Install matplotlib in QGIS's Python to see the curve as a plot.</source>
      <translation>Installez matplotlib dans le Python de QGIS pour voir la courbe en graphique.</translation>
    </message>
  </context>
  <context>
    <name>MapProjectAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Map project</source>
      <translation>Projet de carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Writes a QGIS project with layers grouped and styled, and a picture of the map.</source>
      <translation>Écrit un projet QGIS aux couches groupées et stylées, et une image de la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Writes a QGIS project that holds the given layers in groups, each with the style saved beside its file, and a page with map, legend and title, exported as a picture on request.

The project refers to the files by relative paths: keep them in the same folder to move it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Layers</source>
      <translation>Couches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Raster and vector layers; the first one lies on top of its group.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Title</source>
      <translation>Titre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Title of the project and of the page.</source>
      <translation>Titre du projet et de la page.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Class field of samples</source>
      <translation>Champ de classe des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Field to colour samples by, in the colours of the class map. Empty: one colour.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Resolution of the picture [dots per inch]</source>
      <translation>Résolution de l'image [points par pouce]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The page is 297 x 210 mm; 150 dots per inch make 1754 x 1240 pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Project</source>
      <translation>Projet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>QGIS projects (*.qgz *.qgs)</source>
      <translation>Projets QGIS (*.qgz *.qgs)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The QGIS project file; one that exists is replaced.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Picture</source>
      <translation>Image</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>PNG files (*.png)</source>
      <translation>Fichiers PNG (*.png)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The page with map, legend and title as a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>number of layers in the project</source>
      <translation>nombre de couches du projet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Maps</source>
      <translation>Cartes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Images</source>
      <translation>Images</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The layer '{}' is in memory only and was left out. Save it to a file first.</source>
      <translation>La couche « {} » n'est qu'en mémoire et a été laissée de côté. Enregistrez-la d'abord dans un fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>None of the layers can be read. Check that the files exist.</source>
      <translation>Aucune des couches ne peut être lue. Vérifiez que les fichiers existent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>'{}' cannot be written. Choose a folder that you may write to.</source>
      <translation>« {} » ne peut être écrit. Choisissez un dossier où vous pouvez écrire.</translation>
    </message>
  </context>
  <context>
    <name>ObjectStratificationAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Object stratification</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Finds field-like objects and groups them into kinds, the strata to sample from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Divides a dated stack, or any raster whose bands are features, into field-like objects, averages the features of each, and groups the objects into strata by k-means. Parcels, when given, are the objects; parcels that carry a series in their fields need no stack.

Pixels without enough values belong to no object, so clouds and nodata never form a stratum. Areas are true areas in any reference system. Rasters of any size are worked on tile by tile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Dated stack or feature raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Raster to divide into objects, and whose values tell kinds of objects apart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Parcels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Polygons that are the objects. Empty: the raster is segmented.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Object size [pixels]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>About how many pixels an object has; a little less than a usual field is a good choice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Smallest object [pixels]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Smaller pieces join the neighbour with the longest common border.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Compactness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>How much compact shape counts against likeness of the series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Pixels of whose values more are missing belong to no object.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Number of strata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>0: the number between 6 and 20 with the best criterion.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Criterion</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>How the number of strata is chosen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>The same seed gives the same strata.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Polygons with object_id, stratum, area_ha and one field per feature.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Strata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>The strata as a raster; only when a raster is given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>number of objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>number of strata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Give a raster, parcels, or both.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OutputFiles</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_outputs.py" />
      <source>The folder of '{}' cannot be made: {}. Choose another folder.</source>
      <translation>Le dossier de « {} » ne peut être créé : {}. Choisissez un autre dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_outputs.py" />
      <source>{}
Nothing is lost: the features are in {}</source>
      <translation>{}
Rien n'est perdu : les entités sont dans {}</translation>
    </message>
  </context>
  <context>
    <name>Panels</name>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>This job left no layers to load.</source>
      <translation>Ce travail n'a pas laissé de couches à charger.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>CropSample needs its engine before it can train and map.</source>
      <translation>CropSample a besoin de son moteur pour entraîner et cartographier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Set up the engine…</source>
      <translation>Installer le moteur…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Show job</source>
      <translation>Montrer le travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>{} is finished, its map is loaded.</source>
      <translation>{} est terminé, sa carte est chargée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>{} is finished. The project it was started from has been closed.</source>
      <translation>{} est terminé. Le projet d'où il a été lancé a été fermé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Load outputs</source>
      <translation>Charger les sorties</translation>
    </message>
  </context>
  <context>
    <name>PolygonsToSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Polygons to samples</source>
      <translation>Polygones en échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Picks the central pixel or random pixels of each polygon as sample points.</source>
      <translation>Prend le pixel central ou des pixels aléatoires de chaque polygone comme points d'échantillonnage.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Picks pixels of each polygon on the grid of a dated stack and writes their centres as points, with the fields of the polygon and its id, so that samples of one parcel stay together when they are split.

The central pixel lies inside the polygon, whatever its shape. Polygons too small for a pixel are counted and listed with the reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Sample points</source>
      <translation>Points d'échantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>One point per pixel, with the fields of its polygon.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Dropped polygons</source>
      <translation>Polygones écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Table of the polygons that were left out, each with the reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of polygons with a point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of polygons left out</source>
      <translation>nombre de polygones écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Polygons</source>
      <translation>Polygones</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Parcels or other polygons in any CRS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>The raster whose pixels are picked; only its grid is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Pixels</source>
      <translation>Pixels</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>central: the pixel farthest from the edge; random: random pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Random pixels per polygon</source>
      <translation>Pixels aléatoires par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>How many random pixels to pick; all of them where a polygon has fewer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>The same seed picks the same pixels.</source>
      <translation>La même graine choisit les mêmes pixels.</translation>
    </message>
  </context>
  <context>
    <name>PredictMapAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Predict map</source>
      <translation>Prédire une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Maps classes, their probabilities and the uncertainty with a trained model.</source>
      <translation>Cartographie les classes, leurs probabilités et l'incertitude avec un modèle entraîné.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Maps the classes of a model package over a dated stack, block by block and in bounded memory, and on request the probability of each class and the uncertainty (normalised entropy, 0 to 1).

Bands, dates and value ranges of the stack are checked against the model first. Pixels without the values that the model needs become nodata. Started again after an interruption, it continues where it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels of the map</source>
      <translation>nombre de pixels de la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels with a class</source>
      <translation>nombre de pixels avec une classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels inside the area for which values are missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>pixels per second, reading and writing included</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>A file written by 'Train classifier'.</source>
      <translation>Un fichier écrit par « Entraîner un classificateur ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>The stack to map, with the bands and dates of the season that the model was trained for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Area</source>
      <translation>Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Polygons in any CRS that bound the map. Empty: the whole stack.</source>
      <translation>Polygones dans n'importe quel SCR qui bornent la carte. Vide : toute la pile.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Start of the season</source>
      <translation>Début de la saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>First date to take of a stack that is longer than the season of the model. Empty: all dates.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Pixels of whose values more are missing become nodata; dates missing everywhere do not count. Empty: as the model was trained.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Device</source>
      <translation>Matériel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>What networks compute on; options: as set in CropSample's options; auto: a GPU where there is one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Continue an interrupted map</source>
      <translation>Continuer une carte interrompue</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Keep the blocks that an interrupted run of the same model and stack has finished.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Class map</source>
      <translation>Carte des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Class of each pixel, with class names and colours; a GeoTIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>One band per class with its probability, 0 to 1; a GeoTIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Uncertainty</source>
      <translation>Incertitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Normalised entropy of the probabilities, 0: certain, 1: all classes as likely; a GeoTIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
  </context>
  <context>
    <name>PreprocessTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Preprocess time series</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Fills gaps, puts series on a regular grid and smooths them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Turns irregular series with gaps into regular, smooth ones: the six methods of the best-practices study (raw, raw + Whittaker, coarse linear, 7-day linear, 7-day linear + Whittaker, 7-day linear + phenology-peak alignment), Savitzky-Golay and harmonic regression.

Nothing is made up before the first and after the last clear observation unless you ask for it. Method and settings are written into the result: a model trained on one refuses another. The user guide says which method to use when, from measured errors.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>How gaps are filled and noise is removed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Store values as</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>like_input: the input's type and scale; int16: steps of 0.0001; float32: decimal numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Preprocessed stack</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>A dated stack with the bands of the input at the dates of the method.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>The rows of the series layer with one field per new date and band.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>share of values that are still missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Step [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Days from one date to the next; 0: the method's own, 7 days, or 30 for coarse linear.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Start date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>First date of the grid; keep it equal between regions and years. Empty: that of the series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>End date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>End of the grid. Empty: the last date of the series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Whittaker smoothness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>The larger the smoother; 10 follows the data closely.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Savitzky-Golay window [steps]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Odd number of steps of the moving window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Savitzky-Golay degree</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Degree of the polynomial, less than the window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Waves per year</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Of the harmonic regression: 1 for one season a year, 2 for two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Extrapolate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Continue before the first and after the last clear observation; the result says so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Peak band</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Band whose peak is aligned. Empty: NDVI, EVI or the like, or the only band.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Peak date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Date to which peaks are moved. Empty: the middle of the series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Largest shift [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Series whose peak lies further away stay where they are.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProbabilitySamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Probability samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Draws samples with known inclusion probabilities, for accuracy and areas of a map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Draws pixels of a class map, or cells of a grid over an area, so that each has a known chance. Every point carries its inclusion probability and design weight; only such a sample can prove a map and estimate areas.

simple_random: every pixel alike; stratified: a number per class; systematic: a lattice with a random start; cluster: squares first, pixels in them second; balanced: spread over the map (local pivotal method).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Points with stratum, inclusion_probability and design_weight, and empty fields to fill in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>number of pixels that could be drawn</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Area</source>
      <translation>Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Polygons to sample when there is no map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Cell size [metres]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Side of the cells that are drawn from an area.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Design</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>How samples are drawn; see the description.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Allocation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Stratified design: samples by share of area, the same for all, or by expected error (neyman).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Number of samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>How many samples; the lattice gives about as many.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Minimum per class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Stratified design: samples that even a rare class gets.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Side of squares [pixels]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Cluster design: side of the squares.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Samples per square</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Cluster design: pixels drawn in each square.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Minimum distance [metres]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Samples nearer to another one are left out; a warning says when this changes the probabilities.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>The same seed draws the same samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Give either a class map or an area.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProductConsensusAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Product consensus</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Finds where land-cover products agree on crop or no crop, and draws weak samples there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Reads land-cover products of any legend, grid and reference system on the grid of the first one, says where they agree on crop or no crop, and draws weak samples of both where their surroundings agree as well.

Products that agree may be wrong together, and where one misses most crops, unanimity leaves almost none: a warning says so. Weak samples may train a model; they are no reference for accuracy or area.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Land-cover products</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Two or more rasters, of about the same year as the imagery. The first gives the grid.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Crop values of each product</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>What means crop in each product, in their order, with semicolons between them: values such as 40 or 1-60, 66-77, a threshold such as &gt;= 0.5, or one of {}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Products that must agree</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>0: all of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Purity window [pixels]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Odd side of the square around a pixel that must agree with it; 1: the pixel alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Samples per class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Weak samples to draw at random of each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>The same seed draws the same samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Consensus</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Raster: 1 crop, 0 no crop, 255 no consensus or no data.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Agreement</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Raster of two bands: how many products say crop, and how many have data.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Weak samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Points of both classes where the products agree, with their votes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Pairs of products</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Table of the agreement of every two products, with Cohen's kappa.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>share of the pixels with data in all products on which they agree</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of pixels with data in all products</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of crop pixels in the consensus</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of other pixels in the consensus</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of samples drawn</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>{} products, but crop values of {}. Put semicolons between them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>The purity window must be an odd number of pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>no crop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>crop</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RepresentativeSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Representative samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Chooses the fields to visit that together resemble all fields best.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Draws many sample sets from the strata, keeps the one with the best representativeness index (CRI), and improves it by exchanging samples until the index levels off. Samples lie well inside their fields, in the order in which they are worth visiting.

The report compares the set with random and stratified sets, shows how many samples are worth it, and what stays under-represented. This is not a probability sample: train with it, but do not estimate areas or the accuracy of a map from it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Fields made by 'Object stratification', or any layer with series or numbers in its fields.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Stratum field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Field with the kind of each object, text or numbers; without it strata are made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Number of samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>How many samples there are to be, existing ones included.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Allocation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>proportional: strata get samples by their share; equal: every stratum the same; neyman: more where a stratum is varied. Every stratum gets one at least when possible.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Optimise by exchange</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Improve the best set by exchanging samples until the index levels off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Number of candidate sets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>How many sets are drawn, of which the best is kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Version of the index</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>current: the one that the evidence supports; first: the earlier one, for comparison.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The same seed gives the same set.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Existing samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Samples that exist already; they are kept and completed, not repeated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>No-go areas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Areas that cannot be entered; their fields count, but hold no sample.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Roads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The nearer to one of these features, the cheaper a sample.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Cost raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Cost of a visit at each place, such as travel time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Weight of cost</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>How much of the index may be given up for cost: 0.05 gives up about 5 % for the median cost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Minimum distance [metres]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Samples are at least this far apart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Points with id, object, stratum, priority, coordinates, and empty fields to fill in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Waypoints</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>GPX files (*.gpx)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The same points for a GPS device.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The index and its components, compared with other sets, curves and maps, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>median index of random sets of this size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>median index of stratified sets of this size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>representativeness of the set, 0 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>strata have their share of the samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>share of strata with a sample</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are distributed like the objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects have a sample close to them in the features</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects are like the sample that stands for them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are spread over the map</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ResultLayers</name>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Class probabilities</source>
      <translation>Probabilités des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Uncertainty</source>
      <translation>Incertitude</translation>
    </message>
  </context>
  <context>
    <name>RunTexts</name>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>accuracy {}</source>
      <translation>exactitude {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>macro F1 {}</source>
      <translation>F1 macro {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} samples</source>
      <translation>{} échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} dropped</source>
      <translation>{} écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} dates</source>
      <translation>{} dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} pixels mapped</source>
      <translation>{} pixels cartographiés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} pixels per second</source>
      <translation>{} pixels par seconde</translation>
    </message>
  </context>
  <context>
    <name>SampleQualityAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Pixels per polygon</source>
      <translation>Pixels par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>1: the most central pixel of each polygon; more: that many random pixels, or all there are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Sample quality</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Says for each label whether its time series supports it, why, and how much it should weigh.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Judges every label by its series: Keep (the series is like those of its class), Suspect (it does not decide), Remove (it is like those of another class), DataGap (too few clear observations in its season to tell) or NA (no date, or a class with too few samples). Nothing is deleted: category, evidence, reason, a suggested label and a weight are written beside the label.

Give the field 'tisqe_weight' to 'Train classifier' as weight field, and use judged samples for training only: the test samples must stay as they are.

Methods: tisqe compares each class with all others on self-organizing maps, averaged over several seeds; sits_som is the rule published with the R package sits; confident_learning asks models that did not see the sample.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>How labels are judged; see above.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Keep class shares</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Scale weights, at most threefold, so that each class counts in all as much as it has samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>The same seed gives the same result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Labeled series made by 'Extract time series', or labeled samples when a stack is given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Field with the label of each sample, text or whole numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Date field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>When the label was observed: a date, or a year alone. Empty: each sample gets its main season.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>The stack to read series from, for samples that have none of their own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Series start field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>First day of each sample's own series, where its steps carry no dates (NDVI_t01).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Series end field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Last day of each sample's own series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Band roles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Which band is what where names do not tell, such as N=nir_mean, R=red_mean.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Index of greenness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Index or band that seasons are found in. Empty: EVI2, else NDVI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Merge similar class names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Take names that differ in capitals, spaces or hyphens alone for one class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Compared with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>year: all samples, over the whole year; kind: samples whose season lies at the same time of any year; season: those of the same season. Where a class has too few there, the wider one is taken.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Fewest samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Samples that a class, and all others, need to be compared; smaller classes are NA.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Probability of Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Prior and posterior that Keep needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin of Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin that Keep needs; above 0 the nearest neuron is of its own class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin of Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin at or below which the series contradicts the label.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Smallest separability</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Separability an index needs to tell a class from the others; classes without one are NA.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Maps to average</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Self-organizing maps, each with another seed, whose evidence is averaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Map side</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Neurons along a side; 0: by the number of samples (tisqe), 10 (sits_som).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Prior threshold of sits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>sits_som: labels with a smaller share in their neuron are Remove.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Posterior threshold of sits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>sits_som: the others with a smaller smoothed share are Suspect.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Rounds of sits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>sits_som: how often each sample is shown to the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Number of folds</source>
      <translation>Nombre de blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>confident_learning: parts that are held out in turn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Fewest observations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Clear observations that the season needs, as far as the series has so many dates.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longest gap [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longest time in the season without a clear observation; never below two dates apart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Nearness to the peak [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>A clear observation is needed this near to the peak of the season.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Nearness to the date [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>A season this far from the sample's date is still its season.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Smallest prominence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>How far a peak must stand above its valleys, in units of the index.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Shortest season [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Shorter seasons are not counted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longest season [days]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longer seasons are not counted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of Suspect</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of DataGap</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of NA</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>How much such samples count in training; 0 leaves them out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Judged samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>The samples with category, weight, evidence, season, suggested label and the reason in words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Seasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of the seasons found, with the samples of each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Indices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of how well each index tells each class, and the choice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Ledger</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of the categories by class and season; counts every sample.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Counts, seasons, indices, maps of neurons and examples of each category, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of samples that no series could be read for, each with the reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of Suspect</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of DataGap</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of NA</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of seasons found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of samples that share place and year with another</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SampleSizeAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Sample size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Says how many samples are needed to prove a map, or to train a classifier.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>For a class map: the size of a stratified sample for a standard error of overall accuracy (Olofsson et al. 2014, eq. 13), of a simple random sample for the interval of a share (Cochran), and the number each class needs to show that its user's accuracy is not 0.1 below what is expected (power 80 %).

For objects: the number of samples at which the representativeness index levels off, for training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Expected accuracy of other classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>User's accuracy expected of classes that are not named.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Target standard error</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Standard error of overall accuracy; 0.01 to 0.02 is usual.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Half width of the interval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Half the width of the 95 % interval of a share, for a simple random sample.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Minimum per class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Samples that even a rare class gets.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Fields for which to find the number of samples at which the index levels off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>The same seed gives the same curve.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Sizes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Table with one row per class and one column per allocation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>The sizes and what each is for, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>number of samples for the target standard error, or for training</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>size by Olofsson eq. 13</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>size by Cochran</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>number at which the index bends most, 0 for none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>smallest number at which choosing well gains less than 0.03, 0 for none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Give a class map, objects, or both.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SessionTexts</name>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Random forest</source>
      <translation>Forêt aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Fast, needs no tuning and little data: the right first map.</source>
      <translation>Rapide, sans réglage et avec peu de données : la bonne première carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Support vector machine (RBF)</source>
      <translation>Machine à vecteurs de support (RBF)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Strong with some hundred samples; slow with more than ten thousand.</source>
      <translation>Forte avec quelques centaines d'échantillons ; lente au-delà de dix mille.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>LSTM recurrent network</source>
      <translation>Réseau récurrent LSTM</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Reads the season in order. Best with a thousand samples or more.</source>
      <translation>Lit la saison dans l'ordre. Meilleur avec mille échantillons ou plus.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Multi-headed LSTM</source>
      <translation>LSTM à plusieurs têtes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Learns from few local samples and many from elsewhere; the domain field tells them apart.</source>
      <translation>Apprend de peu d'échantillons locaux et de beaucoup d'ailleurs ; le champ de domaine les distingue.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Hold out one fifth</source>
      <translation>Réserver un cinquième</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Five folds</source>
      <translation>Cinq blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>None</source>
      <translation>Aucune</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Whole stack</source>
      <translation>Toute la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>What the map window shows</source>
      <translation>Ce que montre la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Polygons of a layer</source>
      <translation>Polygones d'une couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{dates} dates, {first} to {last} · {bands}</source>
      <translation>{dates} dates, du {first} au {last} · {bands}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{count} samples</source>
      <translation>{count} échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{count} samples · {classes} classes</source>
      <translation>{count} échantillons · {classes} classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Ready: {model} will be trained and the map made in the background.</source>
      <translation>Prêt : {model} sera entraîné et la carte faite en arrière-plan.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>The engine is not ready. {}</source>
      <translation>Le moteur n'est pas prêt. {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the image time series, or build one from a folder of images.</source>
      <translation>Choisissez la série temporelle d'images, ou construisez-en une d'un dossier d'images.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is a web layer; the engine needs a file.</source>
      <translation>« {} » est une couche web ; le moteur a besoin d'un fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is not a dated stack: its bands carry no dates.</source>
      <translation>« {} » n'est pas une pile datée : ses bandes ne portent pas de dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has no coordinate system. Set it in the layer's properties.</source>
      <translation>« {} » n'a pas de système de coordonnées. Définissez-le dans les propriétés de la couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the layer with your labeled samples.</source>
      <translation>Choisissez la couche de vos échantillons étiquetés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has no features.</source>
      <translation>« {} » n'a pas d'entités.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has neither points nor polygons, and no series fields.</source>
      <translation>« {} » n'a ni points ni polygones, et pas de champs de série.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>No sample of '{}' lies on the stack. Check the coordinate systems.</source>
      <translation>Aucun échantillon de « {} » n'est sur la pile. Vérifiez les systèmes de coordonnées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the field that holds the class of each sample.</source>
      <translation>Choisissez le champ qui porte la classe de chaque échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' holds fewer than two classes; a map needs at least two.</source>
      <translation>« {} » contient moins de deux classes ; une carte en demande au moins deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is the class field; choose another field for the other role.</source>
      <translation>« {} » est le champ de classe ; choisissez un autre champ pour l'autre rôle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the polygon layer that bounds the map.</source>
      <translation>Choisissez la couche de polygones qui borne la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the folder for the results.</source>
      <translation>Choisissez le dossier des résultats.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' cannot be written to. Choose another folder.</source>
      <translation>On ne peut écrire dans « {} ». Choisissez un autre dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Without a domain field every sample counts as local.</source>
      <translation>Sans champ de domaine, chaque échantillon compte comme local.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{} samples are few for a network; a random forest may do better.</source>
      <translation>{} échantillons, c'est peu pour un réseau ; une forêt aléatoire peut faire mieux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{} samples have no class and are left out.</source>
      <translation>{} échantillons n'ont pas de classe et sont écartés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{bands} and {count} more bands</source>
      <translation>{bands} et {count} autres bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Running</source>
      <translation>En cours</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Finished</source>
      <translation>Terminé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Failed</source>
      <translation>Échoué</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Canceled</source>
      <translation>Annulé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Interrupted</source>
      <translation>Interrompu</translation>
    </message>
  </context>
  <context>
    <name>SimulateRegionAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Simulate region</source>
      <translation>Simuler une région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Writes a synthetic farming region: images, fields, samples and the true map.</source>
      <translation>Écrit une région agricole synthétique : images, parcelles, échantillons et carte vraie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Writes a synthetic farming region to try CropSample on: one image a month with 12 Sentinel-2 bands and clouds, fields with five crops, the true map, labeled samples of the region and of another one.

The same size and seed give the same region.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder that receives everything; made when it does not exist.</source>
      <translation>Dossier qui reçoit tout ; créé s'il n'existe pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Size [pixels]</source>
      <translation>Taille [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Side of the square region, in pixels of 10 metres.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of clouds</source>
      <translation>Part des nuages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Mean share of the images that clouds hide.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of wrong labels</source>
      <translation>Part d'étiquettes fausses</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of the local samples that are given a wrong class on purpose.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>The same seed gives the same region.</source>
      <translation>La même graine donne la même région.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder with one image per date</source>
      <translation>Dossier avec une image par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>True map</source>
      <translation>Carte vraie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Fields</source>
      <translation>Parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Samples of the region</source>
      <translation>Échantillons de la région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Labeled series of another region</source>
      <translation>Séries étiquetées d'une autre région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Samples to check a map with</source>
      <translation>Échantillons pour vérifier une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>number of fields</source>
      <translation>nombre de parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
  </context>
  <context>
    <name>SpectralIndicesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Spectral indices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Computes vegetation and other indices of every date, by name or formula.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Computes indices of every date: any of the Awesome Spectral Indices by name, such as NDVI, EVI2 or LSWI, or formulas over the bands, such as mine = (B08 - B04) / (B08 + B04).

Which band is red or near infrared is recognised for Sentinel-2, Landsat and MODIS and can be set. Radar indices, such as VHVVR, are computed in linear units; radar bands are converted between linear units and decibel on request, and the result says which it holds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Indices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Names and formulas, separated by commas. Formulas take band names, + - * / **, comparisons, and functions such as sqrt, log10 and where.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Keep the bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Write the bands of the input beside the indices.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Store values as</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>float32: decimal numbers; int16: steps of 0.0001 from -3.2767 to 3.2767, half the size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>A dated stack with one band per index and date.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>The rows of the series layer with one field per index and date.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>number of bands per date</source>
      <translation>nombre de bandes par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>share of values that are missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Unit of radar bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Unit of VV, VH, HH and HV in the input. auto: as the metadata say or the values look.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Write radar bands in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Converts the radar bands and writes them; as_is leaves them.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StackOrSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>A raster made by 'Build time series'. Give this or a series layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Series layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>A layer with one field per date and band, as 'Extract time series' writes it. Give this or a stack.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Cloud mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>A dated stack on the same grid with every date of the input. Empty: the mask band is in the input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Mask band</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Name of the band that says where clouds are, such as SCL. Empty: the only one, or no mask.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Kind of mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>What the mask's values mean. auto: told by the band's name; scl: Sentinel-2 scene classification; qa60: Sentinel-2 cloud bits; s2cloudless: cloud probability in percent; qa_pixel: Landsat Collection 2; rule: your own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Mask rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>When an observation is clear, such as: value &lt; 20, or (value == 4) | (value == 5).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Largest cloud probability [percent]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Observations with a larger probability are cloudy. 100: always take the least cloudy observation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Sensor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Says which band is red, near infrared and so on. auto: told by the names of the bands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Band roles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>For bands whose names do not tell: role=band, separated by commas, such as N=nir_mean, R=red.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Continue an interrupted run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Keep the blocks that an interrupted run with the same input and parameters has finished.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Give either a dated stack or a series layer: leave one of the two empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Say where to write the result: '{}' is empty.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TrainAndMapDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Train and map</source>
      <translation>Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Set up…</source>
      <translation>Installer…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Build…</source>
      <translation>Construire…</translation>
    </message>
  </context>
  <context>
    <name>TrainAndMapForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Image time series</source>
      <translation>Série temporelle d'images</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Build a dated stack from a folder of images…</source>
      <translation>Construire une pile datée d'un dossier d'images…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Build a dated stack</source>
      <translation>Construire une pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Stack</source>
      <translation>&amp;Pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Sample layer</source>
      <translation>Couche d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Layer</source>
      <translation>&amp;Couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Class field</source>
      <translation>Champ de c&amp;lasse</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Use the layer's own series fields</source>
      <translation>&amp;Utiliser les champs de série de la couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Train on the series in the sample layer instead of reading the stack</source>
      <translation>Entraîner sur les séries de la couche au lieu de lire la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>More about the samples</source>
      <translation>Plus sur les échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Parcel field</source>
      <translation>Champ de parcelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Samples of one parcel stay together when the model is validated</source>
      <translation>Les échantillons d'une parcelle restent ensemble à la validation du modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Parcel field</source>
      <translation>Champ de &amp;parcelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Weight field</source>
      <translation>Champ de poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>How much each sample counts in training</source>
      <translation>Combien chaque échantillon compte à l'entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Weight field</source>
      <translation>Champ de p&amp;oids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Model</source>
      <translation>&amp;Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Domain field</source>
      <translation>Champ de &amp;domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Domain field</source>
      <translation>Champ de domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Says which samples are local and which come from elsewhere</source>
      <translation>Dit quels échantillons sont locaux et lesquels viennent d'ailleurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Validation</source>
      <translation>Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Validation</source>
      <translation>&amp;Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Area to map</source>
      <translation>Zone à cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Area</source>
      <translation>&amp;Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Polygon layer that bounds the map</source>
      <translation>Couche de polygones qui borne la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>U&amp;ncertainty</source>
      <translation>&amp;Incertitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Pro&amp;babilities</source>
      <translation>Pro&amp;babilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Also make</source>
      <translation>Faire aussi</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Name of the run</source>
      <translation>Nom du travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Nam&amp;e</source>
      <translation>&amp;Nom</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Output folder</source>
      <translation>Dossier de sortie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Folder</source>
      <translation>&amp;Dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Train and map</source>
      <translation>&amp;Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Jobs</source>
      <translation>&amp;Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Show running and past jobs</source>
      <translation>Montrer les travaux en cours et passés</translation>
    </message>
  </context>
  <context>
    <name>TrainClassifierAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: number of trees</source>
      <translation>Forêt : nombre d'arbres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: features tried at a split</source>
      <translation>Forêt : variables essayées à une division</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: largest depth of a tree</source>
      <translation>Forêt : profondeur maximale d'un arbre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: fewest samples in a leaf</source>
      <translation>Forêt : plus petit nombre d'échantillons d'une feuille</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: penalty C</source>
      <translation>SVM : pénalité C</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: gamma of the kernel</source>
      <translation>SVM : gamma du noyau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: folds for calibrating probabilities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: length of the hidden vector</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: dropout</source>
      <translation>LSTM : abandon (dropout)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: layers of a head</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Two-headed LSTM: alpha</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: learning rate</source>
      <translation>LSTM : taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: samples per step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: largest number of epochs</source>
      <translation>LSTM : plus grand nombre d'époques</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: epochs without improvement before stopping</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM: share of the samples that decide when to stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>More trees give steadier probabilities and take longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'sqrt', 'log2' or a number of features; 0 means all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>0: trees grow until their leaves are pure.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger values smooth the forest.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>The larger, the closer the machine follows the training samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'scale', 'auto' or a positive number; the larger, the more local.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Probabilities are fitted on samples held out in this many folds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>How much the network can remember of a series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the hidden vector dropped after every date. Empty: 0.2 with two heads, 0 with one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Linear layers between memory and answer. Empty: 2 with two heads, 1 with one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Divides the weight that global samples have beside local ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Step of the Adam optimiser.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Number of samples that each step of training looks at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops here at the latest.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops after so many epochs and returns to the best weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the training samples, kept out of training, on which the loss is watched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Pixels per polygon</source>
      <translation>Pixels par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>1: the most central pixel of each polygon; more: that many random pixels, or all there are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start field</source>
      <translation>Champ de début de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season starts. Empty: the whole time axis.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season end field</source>
      <translation>Champ de fin de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season ends. Empty: the whole time axis.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>A sample's season needs both its start and its end field. Give both, or neither.</source>
      <translation>La saison d'un échantillon demande un champ de début et un champ de fin. Donnez les deux, ou aucun.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start and end are the same field '{}'. Choose two fields.</source>
      <translation>Le début et la fin de saison sont le même champ « {} ». Choisissez deux champs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Train classifier</source>
      <translation>Entraîner un classificateur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Trains a model on labeled series and says how good it is.</source>
      <translation>Entraîne un modèle sur des séries étiquetées et dit ce qu'il vaut.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Trains a random forest, a support vector machine, or a recurrent network with one or two heads on labeled series, checks it on samples that it has not seen, and writes a model package and a report.

Samples are a layer made by 'Extract time series', or any labeled points or polygons together with the stack. Give the group field when several samples come from one parcel: a parcel is then never split between training and validation. The scores of a model that is not validated are left empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Labeled series made by 'Extract time series', or labeled points or polygons when a stack is given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The stack to read series from, for samples that have none of their own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field with the class of each sample, text or whole numbers; samples without one are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Group field</source>
      <translation>Champ de groupe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field with the parcel of each sample; a parcel is never split between training and validation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Weight field</source>
      <translation>Champ de poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field with how much each sample counts, 0 or more. Empty: all count the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Domain field</source>
      <translation>Champ de domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Field that says 'local' for samples of the region to map and 'global' for others; the two-headed LSTM learns from both and maps with the local head.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>random_forest: fast and robust; svm: support vector machine with radial basis functions; lstm: recurrent network; multi_head_lstm: the same with a head each for local and global samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Validation</source>
      <translation>Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>holdout: a share of the samples checks the model; k_fold: every sample checks once; none: no check.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Number of folds</source>
      <translation>Nombre de blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Folds of the k-fold validation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Share held out</source>
      <translation>Part réservée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Share of the samples that holdout validation keeps out of training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Class weights</source>
      <translation>Poids des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>none: every sample counts the same; balanced: every class counts the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Missing values</source>
      <translation>Valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>linear: gaps are interpolated in time; refuse: samples with gaps are left out. Maps follow suit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Samples of whose values more are missing are left out; dates missing everywhere do not count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The same seed gives the same model.</source>
      <translation>La même graine donne le même modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Licence of the model</source>
      <translation>Licence du modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Written into the model package for whoever gets it, such as CC-BY-4.0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The trained model with all it takes to use it: bands, dates, scaling, classes, scores.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>What went in, the learning curve, the error matrix and the scores, as a page to read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>share of validation samples classified right</source>
      <translation>part des échantillons de validation bien classés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>mean F1 score of the classes</source>
      <translation>score F1 moyen des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Cohen's kappa</source>
      <translation>kappa de Cohen</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>area under the ROC curve, for two classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>number of samples used</source>
      <translation>nombre d'échantillons utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>{}: '{}' is the class field. Choose another field.</source>
      <translation>{} : « {} » est le champ de classe. Choisissez un autre champ.</translation>
    </message>
  </context>
  <context>
    <name>TrustedSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Trusted samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Draws samples from a crop layer where it is confident, homogeneous and in line with its past.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Draws samples from a crop layer, such as the Cropland Data Layer, where it can be trusted: the layer is confident, the neighbourhood is of one class, the pixel lies inside its field, and the class was grown there before. A table says how many pixels of each class every rule left.

The crop layer is a map itself: trusted samples may train a model, they are no reference for accuracy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Points at pixel centres with the class of the crop layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Counts after each rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Table of the pixels of each class that every rule left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>number of samples drawn</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>number of pixels that pass every rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>number of classes with samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Crop layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Raster of classes, such as the Cropland Data Layer of the year.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Raster of the crop layer's confidence. Empty: that rule is left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Earlier years</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Crop layers of earlier years, or layers of how often a class was grown. Empty: no such rule.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Meaning of the earlier layers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>For each earlier layer, with semicolons between them: classes, or for instance 1 &gt;= 2 for a layer of how many years class 1 was grown, at least two. Empty: all hold classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Values of the classes wanted, with commas between them. Empty: all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Smallest confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Confidence a pixel needs, in the units of that layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Homogeneity window [pixels]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Odd side of the square around a pixel that must be of its class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Distance that samples keep from pixels of other classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Years grown before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Earlier layers of classes in which the pixel must have the same class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Samples per class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Samples to draw at random of each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>The same seed draws the same samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>'{}' is no class value. Write whole numbers with commas between them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>The homogeneity window must be an odd number of pixels.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
